// The scene `send`: the program and the yardstick take turns on the same database server, Redis and Bot API server.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { Pool } from 'undici'
import { sendButton } from '../src/bot/vote/view.ts'
import { readConfig } from '../src/config.ts'
import { startEmbedded } from '../src/embedded/embedded.ts'
import { createLog } from '../src/log.ts'
import { openApp } from '../src/program/open-app.ts'
import { startSandbox } from '../src/sandbox/start.ts'
import { redisSession } from '../src/session/redis.ts'
import { openBallot } from '../src/use-cases/open-ballot.ts'
import { quantile } from './figures.ts'
import { type Control, controlOf } from './person.ts'
import { type Program, startProgram, twoFreePorts } from './program.ts'
import { openServices } from './services.ts'
import { importTrial, type Trial } from './trial.ts'

const PEOPLE = 200
const IN_FLIGHT = 40
/** The first ones warm up and do not count. */
const WARM_ROUNDS = 3
const ROUNDS = 8
/** How long the Bot API takes for a call, in milliseconds: at once, and as far away as Telegram. */
const DELAYS = [0, 50] as const
/** No further round begins after this. */
const ENOUGH_MS = 40_000
const FIRST_PERSON = 6_000_000

interface Round {
  delay: number
  perSecond: number
  /** Milliseconds of the bot's processor time per Send. */
  cpuMs: number
}
interface Side {
  program: Program
  secret: string
  /** Makes a Send possible for everyone and says what the button under their message carries. */
  prepare(): Promise<string[]>
  rounds: Round[]
}
interface Stage {
  control: Control
  apiRoot: string
  token: string
  /** The message with the Send button, per person. */
  messages: number[]
}
type Ends = (() => Promise<unknown>)[]

/** The lines to print. Takes under a minute; needs Redis, as every webhook does. */
export async function sendScene(profile: string | undefined): Promise<string[]> {
  const started = Date.now()
  const dir = await mkdtemp(join(tmpdir(), 'dauys-bench-'))
  const ends: Ends = [() => rm(dir, { recursive: true, force: true })]
  try {
    const { ours, theirs, stage } = await prepareAll(dir, ends, profile)
    for (let round = 0; round < ROUNDS; round++) {
      if (round > WARM_ROUNDS && Date.now() - started > ENOUGH_MS) break
      for (const delay of round < WARM_ROUNDS ? [0] : DELAYS) {
        for (const side of round % 2 === 0 ? [ours, theirs] : [theirs, ours])
          side.rounds.push(await measure(stage, side, delay))
      }
    }
    return DELAYS.flatMap((delay) => {
      const counted = (side: Side) => side.rounds.slice(WARM_ROUNDS).filter((round) => round.delay === delay)
      return lines(delay, counted(ours), counted(theirs))
    })
  } finally {
    for (const end of ends.reverse()) await end().catch(() => undefined)
  }
}

async function prepareAll(
  dir: string,
  ends: Ends,
  profile: string | undefined,
): Promise<{ ours: Side; theirs: Side; stage: Stage }> {
  const services = await openServices(process.env, { dir, needRedis: true, keep: false })
  ends.push(() => services.stop())
  const { redisUrl = '' } = services
  const embedded = services.databaseUrl ? undefined : await startEmbedded({ dir })
  if (embedded) ends.push(() => embedded.stop())
  const databaseUrl = services.databaseUrl ?? embedded?.url ?? ''
  const settings = { DATABASE_URL: databaseUrl, DAUYS_DIR: dir }
  const opened = await openApp(readConfig(settings), createLog('error'))
  ends.push(() => opened.close())
  const { app } = opened
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1' })
  ends.push(() => sandbox.close())
  const trial = await importTrial(app, PEOPLE, FIRST_PERSON)
  const redis = new Redis(redisUrl)
  ends.push(async () => redis.disconnect())

  const bot = { BOT_TOKEN: sandbox.token, TELEGRAM_API_ROOT: sandbox.url, REDIS_URL: redisUrl }
  const start = async (script?: string) => {
    const port = await twoFreePorts()
    const secret = randomBytes(16).toString('hex')
    const hook = { WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`, WEBHOOK_SECRET: secret }
    const more = script === undefined ? {} : { script }
    const program = await startProgram({ ...settings, ...bot, ...hook }, { port, profile, ...more })
    ends.push(() => program.stop())
    return { program, secret }
  }
  const control = controlOf(sandbox.url, IN_FLIGHT)
  ends.push(() => control.close())
  const stage: Stage = { control, apiRoot: sandbox.url, token: sandbox.token, messages: [] }
  const me = (await api(stage, 'getMe', {})) as { id: number }
  const session = redisSession(redisUrl, me.id)
  ends.push(() => session.close())
  const ours = { ...(await start()), rounds: [], prepare: () => prepareOurs(app, session, trial) }
  const prepareTheirs = async () => {
    const marks = JSON.stringify({ marks: trial.marks })
    await Promise.all(trial.people.map(({ account }) => redis.set(`bench:${account}`, marks)))
    return trial.people.map(() => 'send:1')
  }
  const theirs = { ...(await start('baseline.mjs')), rounds: [], prepare: prepareTheirs }
  await api(stage, 'deleteWebhook', { drop_pending_updates: true })
  const invite = async ({ account }: { account: number }): Promise<number> => {
    await control.post('people', { id: account, first_name: 'Voter', language_code: 'kk' })
    await control.post(`people/${account}/send`, { text: '/start' })
    const keyboard = { inline_keyboard: [[{ text: 'Send', callback_data: 'send' }]] }
    const sent = await api(stage, 'sendMessage', { chat_id: account, text: 'Review', reply_markup: keyboard })
    return (sent as { message_id: number }).message_id
  }
  stage.messages.push(...(await Promise.all(trial.people.map(invite))))
  return { ours, theirs, stage }
}

/** A ballot opened for everyone, with marks, as after Review. */
async function prepareOurs(
  app: Parameters<typeof openBallot>[0],
  session: ReturnType<typeof redisSession>,
  { cycle, territory, people, marks }: Trial,
): Promise<string[]> {
  return Promise.all(
    people.map(async ({ account, rollRow }) => {
      const opened = await openBallot(app, account, cycle, rollRow)
      if (!opened.ok) throw new Error(`a ballot was not opened: ${opened.problem.kind}`)
      await session.setMarks(opened.value.ballot, marks)
      return sendButton.pack({ ballot: opened.value.ballot, cycle, territory, rollRow })
    }),
  )
}

async function api(stage: Stage, method: string, params: object): Promise<unknown> {
  const answer = await fetch(`${stage.apiRoot}/bot${stage.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  const { ok, result, description } = (await answer.json()) as {
    ok: boolean
    result: unknown
    description?: string
  }
  if (!ok) throw new Error(`${method}: ${description}`)
  return result
}

/** Everyone presses Send at the sandbox; the updates are fetched here and posted to the bot's webhook, so many at once. */
async function measure(stage: Stage, side: Side, delay: number): Promise<Round> {
  const { control } = stage
  const data = await side.prepare()
  await api(stage, 'getUpdates', { offset: -1, timeout: 0 })
  await api(stage, 'getUpdates', { offset: 2_000_000_000, timeout: 0 })
  await Promise.all(
    stage.messages.map((message_id, at) =>
      control.post(`people/${FIRST_PERSON + at}/press-raw`, { message_id, data: data[at] }),
    ),
  )
  const updates: { update_id: number }[] = []
  while (updates.length < PEOPLE) {
    const offset = (updates.at(-1)?.update_id ?? -1) + 1
    updates.push(...((await api(stage, 'getUpdates', { offset, timeout: 0 })) as { update_id: number }[]))
  }
  const bodies = updates.map((update) => JSON.stringify(update))
  const edits = async () => (await control.get<{ calls: Record<string, number> }>('stats')).calls
  const before = await edits()
  const calls = await control.get<{ n: number }[]>('calls')
  if (delay > 0) await control.post('faults', { kind: 'delay', ms: delay, times: 0 })
  const cpu = await side.program.metric('process_cpu_seconds_total')
  const started = performance.now()
  await post(side, bodies)
  for (;;) {
    const now = await edits()
    const done = (name: string) => (now[name] ?? 0) - (before[name] ?? 0) >= PEOPLE
    if (done('editMessageText') && done('answerCallbackQuery')) break
    if (performance.now() - started > 30_000) throw new Error('the receipts did not come within 30 seconds')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const seconds = (performance.now() - started) / 1000
  await control.remove('faults')
  const used = (await side.program.metric('process_cpu_seconds_total')) - cpu
  const made = await control.get<{ ok: boolean; method: string; description?: string }[]>(
    `calls?after=${calls.at(-1)?.n ?? 0}`,
  )
  const refused = made.find((call) => !call.ok)
  if (refused)
    throw new Error(`${refused.method} was refused: ${refused.description}\n${side.program.said()}`)
  return { delay, perSecond: PEOPLE / seconds, cpuMs: (used * 1000) / PEOPLE }
}

async function post(side: Side, bodies: string[]): Promise<void> {
  const pool = new Pool(side.program.url, { connections: IN_FLIGHT })
  const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': side.secret }
  let next = 0
  const worker = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const answer = await pool.request({ method: 'POST', path: '/telegram', headers, body })
      await answer.body.dump()
      if (answer.statusCode !== 200)
        throw new Error(`the webhook answered ${answer.statusCode}\n${side.program.said()}`)
    }
  }
  try {
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
  } finally {
    await pool.close()
  }
}

function lines(delay: number, ours: Round[], theirs: Round[]): string[] {
  const median = (rounds: Round[], of: (round: Round) => number) => quantile(rounds.map(of), 0.5)
  const ratio = quantile(
    ours.map((round, at) => round.perSecond / (theirs[at]?.perSecond ?? Infinity)),
    0.5,
  )
  const line = (name: string, rounds: Round[]) =>
    `  ${name}: ${median(rounds, (r) => r.perSecond).toFixed(0)} Sends a second, ${median(rounds, (r) => r.cpuMs).toFixed(2)} ms of the bot's processor time each`
  const cpu = median(ours, (r) => r.cpuMs) / median(theirs, (r) => r.cpuMs)
  return [
    `The Bot API answers after ${delay} ms; median of ${ours.length} rounds of ${PEOPLE} Sends, ${IN_FLIGHT} at once:`,
    line('as the handbooks show it (neither sealed nor logged)', theirs),
    line('dauys (sealed, logged)', ours),
    `  dauys / handbook: ${ratio.toFixed(2)} in Sends a second, ${cpu.toFixed(2)} in processor time`,
  ]
}
