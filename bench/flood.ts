// The scene `flood`: forty people press buttons, then the same while one more acts three times a second for a minute.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import { startEmbedded } from '../src/embedded/embedded.ts'
import { createLog } from '../src/log.ts'
import { openApp } from '../src/program/open-app.ts'
import { startSandbox } from '../src/sandbox/start.ts'
import { quantile } from './figures.ts'
import { type Chat, type Control, controlOf } from './person.ts'
import { type Program, startProgram, twoFreePorts } from './program.ts'
import { openServices } from './services.ts'
import { importTrial } from './trial.ts'

const PEOPLE = 40
const FIRST_PERSON = 7_000_000
const FLOODER = FIRST_PERSON + PEOPLE
/** Between two presses of a calm person, in milliseconds. */
const CALM_MS = 1_600
const WARM_MS = 10_000
/** Before and after the flood, so that a machine that grows busier or calmer meanwhile is not taken for it. */
const QUIET_MS = 30_000
const FLOOD_MS = 60_000
const FLOOD_EVERY_MS = 333
const SILENT_MS = 15_000

type Ends = (() => Promise<unknown>)[]
interface Stage {
  control: Control
  programs: Program[]
}

/** The lines to print. Takes two minutes; needs Redis. Telegram's limits of a chat are on. */
export async function floodScene(profile: string | undefined): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-flood-'))
  const ends: Ends = [() => rm(dir, { recursive: true, force: true })]
  try {
    const { control, programs } = await prepare(dir, ends, profile)
    await walk(control, WARM_MS, false)
    const first = await walk(control, QUIET_MS, false)
    const flooded = await walk(control, FLOOD_MS, true)
    const second = await walk(control, QUIET_MS, false)
    const calm = { times: [...first.times, ...second.times], silent: first.silent + second.silent }
    // The flooder's last screen comes when the chat may be drawn again.
    await pause(3_000)
    const [before, during] = [quantile(calm.times, 0.95), quantile(flooded.times, 0.95)]
    const lost = await Promise.all(programs.map((one) => one.metric('dauys_answers_lost_total')))
    const drawn = await Promise.all(programs.map((one) => one.metric('dauys_redraws_total', '"drawn"')))
    const sum = (all: number[]) => all.reduce((total, one) => total + one, 0)
    return [
      `Two replicas, ${PEOPLE} people, a press every ${CALM_MS / 1000} s; from the press to the screen, p95:`,
      `  alone ${before.toFixed(0)} ms (${calm.times.length} presses, ${calm.silent} silent)`,
      `  beside one who acts 3 times a second for a minute ${during.toFixed(0)} ms (${flooded.times.length} presses, ${flooded.silent} silent)`,
      `  ratio ${(during / before).toFixed(2)}; the flooder acted ${flooded.acts} times; answers refused or lost ${sum(lost)}, screens drawn again ${sum(drawn)}`,
    ]
  } finally {
    for (const end of ends.reverse()) await end().catch(() => undefined)
  }
}

async function prepare(dir: string, ends: Ends, profile: string | undefined): Promise<Stage> {
  const services = await openServices(process.env, { dir, needRedis: true, keep: false })
  ends.push(() => services.stop())
  const embedded = services.databaseUrl ? undefined : await startEmbedded({ dir })
  if (embedded) ends.push(() => embedded.stop())
  const settings = { DATABASE_URL: services.databaseUrl ?? embedded?.url ?? '', DAUYS_DIR: dir }
  const opened = await openApp(readConfig(settings), createLog('error'))
  await importTrial(opened.app, PEOPLE + 1, FIRST_PERSON)
  await opened.close()
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1' })
  ends.push(() => sandbox.close())
  const ports = [await twoFreePorts(), await twoFreePorts()]
  const balancer = await balance(ports, ends)
  const bot = {
    BOT_TOKEN: sandbox.token,
    TELEGRAM_API_ROOT: sandbox.url,
    REDIS_URL: services.redisUrl ?? '',
    WEBHOOK_URL: `${balancer}/telegram`,
    WEBHOOK_SECRET: randomBytes(16).toString('hex'),
  }
  const programs: Program[] = []
  for (const port of ports) {
    const program = await startProgram({ ...settings, ...bot }, { port, profile })
    ends.push(() => program.stop())
    programs.push(program)
    // Telegram takes the webhook once a second.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
  }
  const control = controlOf(sandbox.url, 2 * PEOPLE)
  ends.push(() => control.close())
  for (let id = FIRST_PERSON; id <= FLOODER; id++) {
    await control.post('people', { id, first_name: 'Тұрғын', language_code: 'kk' })
    await control.post(`people/${id}/send`, { text: '/menu' })
    await screen(control, id, 0)
  }
  return { control, programs }
}

/** Hands requests to the replicas in turn; its address. */
async function balance(ports: readonly number[], ends: Ends): Promise<string> {
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const onward = request({
      host: '127.0.0.1',
      port: ports[turn++ % ports.length],
      method,
      path: url,
      headers,
    })
    onward.on('response', (answer: IncomingMessage) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.writeHead(502).end())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Waits until the chat has a message of the bot and is newer than `after`; undefined when nothing came. */
async function screen(control: Control, id: number, after: number, text?: string): Promise<Chat | undefined> {
  const until = performance.now() + SILENT_MS
  for (let seen = after; performance.now() < until; ) {
    const left = Math.max(1, Math.round(until - performance.now()))
    const chat = await control.get<Chat>(`people/${id}/chat?last=1&after=${seen}&timeout=${left}`)
    const shown = chat.messages.at(-1)
    if (shown?.from === 'bot' && shown.text !== text) return chat
    seen = chat.version
  }
  return undefined
}

interface Walked {
  times: number[]
  silent: number
  acts: number
}

async function walk(control: Control, ms: number, flood: boolean): Promise<Walked> {
  const end = performance.now() + ms
  const walked: Walked = { times: [], silent: 0, acts: 0 }
  const calm = async (id: number, at: number): Promise<void> => {
    await pause((CALM_MS * at) / PEOPLE)
    while (performance.now() < end) {
      const chat = await control.get<Chat>(`people/${id}/chat?last=1`)
      const began = performance.now()
      const { message_id, text, buttons = [] } = chat.messages.at(-1) ?? {}
      await control.post(`people/${id}/press-raw`, { message_id, data: buttons.length > 1 ? 'hw' : 'mn' })
      const shown = await screen(control, id, chat.version, text)
      if (shown) walked.times.push(performance.now() - began)
      else walked.silent++
      await pause(Math.max(0, CALM_MS - (performance.now() - began)))
    }
  }
  const flooder = async (): Promise<void> => {
    const chat = await control.get<Chat>(`people/${FLOODER}/chat?last=1`)
    const message_id = chat.messages.at(-1)?.message_id
    for (; performance.now() < end; walked.acts++) {
      // Pressing in turn with writing, which Telegram's limits weigh most.
      if (walked.acts % 2) await control.post(`people/${FLOODER}/send`, { text: '/menu' })
      else
        await control.post(`people/${FLOODER}/press-raw`, { message_id, data: walked.acts % 4 ? 'mn' : 'hw' })
      await pause(FLOOD_EVERY_MS)
    }
  }
  await control.post('faults', { kind: 'delay', ms: 50, times: 0 })
  await control.put('limits', { on: true })
  await Promise.all([
    ...Array.from({ length: PEOPLE }, (_, at) => calm(FIRST_PERSON + at, at)),
    ...(flood ? [flooder()] : []),
  ])
  await control.remove('faults')
  return walked
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
