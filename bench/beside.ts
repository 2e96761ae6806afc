// The scenes `send`, `tap`, `list` and `start`: the program and its yardsticks take turns behind one Bot API stub and one load, each a
// process of its own, over the same PostgreSQL and Redis. What is printed is a ratio of one run, or nothing.
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { readConfig } from '../src/config.ts'
import { startEmbedded } from '../src/embedded/embedded.ts'
import { createLog } from '../src/log.ts'
import { openApp } from '../src/program/open-app.ts'
import { redisSession } from '../src/session/redis.ts'
import { child, type Ends, heard } from './child.ts'
import { quantile } from './figures.ts'
import type { Loaded, Loading } from './load.ts'
import { memoryOf, postgresPid, processorOf, processorOfServer, redisPid } from './processor.ts'
import { openServices } from './services.ts'
import { type Act, CALLS, type Ground, type Side, startSides } from './sides.ts'
import type { FromStub, ToStub } from './stub.ts'
import { importTrial } from './trial.ts'

/** Each presses once a round. */
const PEOPLE = 1_000
const IN_FLIGHT = 40
/** So many thousand presses of a side before one counts: plans, pools and compiled code of all sides are warm then. */
const WARM_ROUNDS = 12
const ROUNDS = 3
/** How far away the Bot API is, in milliseconds: at once, and as Telegram is. */
const DELAYS = [0, 50] as const
const FIRST_PERSON = 6_000_000
/** What a side still does behind its answers belongs to the round. */
const SETTLE_MS = 500

const ABOUT: Record<Act, readonly string[]> = {
  send: [
    'The documented style neither seals, signs nor logs; it has no lock per person, no limit, and forgets no repeated update.',
    'Dauys answers the webhook right after the commit; the documented style after its calls, as grammY does.',
    'Both answer the press, edit the ballot and send the receipt as a message of its own; Dauys answers the press within its acknowledgement, and makes two calls.',
  ],
  tap: [
    'The documented style reads the whole list and writes its session; it has no order of one’s own, no lock and no limit.',
  ],
  list: [
    'The documented style reads the whole list and writes its session; it shows neither shares nor an order of one’s own.',
  ],
  start: [
    'The documented style reads person and cycle; it shows neither days left nor a way back to what was open.',
  ],
}

interface Round {
  perSecond: number
  /** Milliseconds of processor time a press. */
  bot: number
  postgres: number
  redis: number
  /** Milliseconds to the 200. */
  p95: number
}
type Measured = Map<string, Round[]>

/** The lines to print; the last one is for machines. Six minutes or so. `profile`: a folder for the program's processor profile. Throws where a round was not whole. */
export async function besideScene(act: Act, profile: string | undefined): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-bench-'))
  const ends: Ends = [() => rm(dir, { recursive: true, force: true })]
  try {
    const stage = await prepare(dir, ends, profile)
    for (let round = 0; round < WARM_ROUNDS; round++)
      for (const side of stage.sides) await measure(stage, side, act)
    const [near, far] = await inTurns(stage, act)
    const memory = await memoryOf(stage.sides[0]?.program.pid ?? 0)
    return [
      ...(ABOUT[act] ?? []),
      ...table(`The Bot API answers at once; ${ROUNDS} rounds of ${PEOPLE}, ${IN_FLIGHT} at once`, near),
      ...table('The Bot API answers after 50 ms', far),
      `Memory of the program afterwards: ${memory.toFixed(0)} MB`,
      loadLine(),
      lastLine(act, near, far),
    ]
  } finally {
    for (const end of ends.reverse()) await end().catch(() => undefined)
  }
}

async function inTurns(stage: Stage, act: Act): Promise<[Measured, Measured]> {
  const measured: [Measured, Measured] = [new Map(), new Map()]
  for (const [at, delay] of DELAYS.entries()) {
    await tell(stage.stub, { delay })
    for (let round = 0; round < ROUNDS; round++)
      // Who goes first changes from round to round.
      for (const side of [...stage.sides.slice(round), ...stage.sides.slice(0, round)]) {
        const rounds = measured[at]?.get(side.name) ?? []
        rounds.push(await measure(stage, side, act))
        measured[at]?.set(side.name, rounds)
      }
  }
  return measured
}

interface Stage {
  sides: Side[]
  stub: ChildProcess
  load: ChildProcess
  pids: { postgres: number; redis: number }
}

async function prepare(dir: string, ends: Ends, profile: string | undefined): Promise<Stage> {
  const services = await openServices(process.env, { dir, needRedis: true, keep: false })
  ends.push(() => services.stop())
  const { redisUrl = '' } = services
  const embedded = services.databaseUrl ? undefined : await startEmbedded({ dir })
  if (embedded) ends.push(() => embedded.stop())
  const databaseUrl = services.databaseUrl ?? embedded?.url ?? ''
  const [stub, load] = [child('stub.mjs', ends), child('load.mjs', ends)]
  const { port } = (await heard(stub)) as { port: number }
  await heard(load)
  const opened = await openApp(readConfig({ DATABASE_URL: databaseUrl, DAUYS_DIR: dir }), createLog('error'))
  ends.push(() => opened.close())
  const { app } = opened
  const trial = await importTrial(app, PEOPLE, FIRST_PERSON)
  const redis = new Redis(redisUrl)
  ends.push(async () => redis.disconnect())
  // The stub's bot has the id 1: the session lies under it.
  const session = redisSession(redisUrl, 1)
  ends.push(() => session.close())
  const ground: Ground = {
    app,
    session,
    redis,
    trial,
    databaseUrl,
    redisUrl,
    settings: {
      DATABASE_URL: databaseUrl,
      DAUYS_DIR: dir,
      REDIS_URL: redisUrl,
      BOT_TOKEN: '1:a-stub-needs-no-token',
      TELEGRAM_API_ROOT: `http://127.0.0.1:${port}`,
    },
  }
  const sides = await startSides(ground, profile)
  for (const { program } of sides) ends.push(() => program.stop())
  const pids = { postgres: await postgresPid(app.db.sql), redis: await redisPid(redis) }
  return { sides, stub, load, pids }
}

async function tell(stub: ChildProcess, what: ToStub): Promise<void> {
  stub.send(what)
  await heard(stub)
}

/** Everyone acts once. Throws when an answer was refused or did not come. */
async function measure({ stub, load, pids }: Stage, side: Side, act: Act): Promise<Round> {
  const bodies = await side.updates(act)
  await pause(SETTLE_MS)
  const { answerCallbackQuery: answers = 0, ...screens } = CALLS[act]
  const byCall = side.carries ? screens : CALLS[act]
  const wait = Object.fromEntries(Object.entries(byCall).map(([name, calls]) => [name, calls * PEOPLE]))
  const used = () =>
    Promise.all([processorOf(side.program.pid), processorOfServer(pids.postgres), processorOf(pids.redis)])
  const before = await used()
  stub.send({ wait } satisfies ToStub)
  const reached = heard(stub) as Promise<Extract<FromStub, { reached: number }>>
  const loaded = heard(load) as Promise<Loaded>
  const started = performance.timeOrigin + performance.now()
  const loading: Loading = { port: side.port, secret: side.secret, atOnce: IN_FLIGHT, bodies }
  load.send(loading)
  const [{ waits, refused, carried, ended }, end] = await Promise.all([
    loaded,
    reached.catch(() => {
      throw new Error(`${side.name}: not every answer came\n${side.program.said()}`)
    }),
  ])
  if (refused > 0) throw new Error(`${side.name}: ${refused} updates were refused\n${side.program.said()}`)
  if (side.carries && carried !== answers * PEOPLE)
    throw new Error(`${side.name}: ${carried} presses were answered with their acknowledgement`)
  await pause(SETTLE_MS)
  const [bot, postgres, redis] = (await used()).map((ms, at) => (ms - (before[at] ?? 0)) / PEOPLE) as [
    number,
    number,
    number,
  ]
  const perSecond = (PEOPLE * 1000) / (Math.max(end.reached, ended) - started)
  return { perSecond, bot, postgres, redis, p95: quantile(waits, 0.95) }
}

/** On a machine that is overfull whoever has more processes is given more of it: rates then say little, processor time still does. */
const loadLine = (): string =>
  `Load of the machine: ${(loadavg()[0] ?? 0).toFixed(1)} on ${availableParallelism()} processors`

const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The median over the rounds of what `of` says of the two sides in the same round. */
function ratio(measured: Measured, name: string, to: string, of = (round: Round) => round.perSecond): number {
  const [ours, theirs] = [measured.get(name) ?? [], measured.get(to) ?? []]
  if (ours.length < ROUNDS || theirs.length < ROUNDS)
    throw new Error(`a ratio wants ${ROUNDS} rounds of each side`)
  return median(ours.map((round, at) => of(round) / of(theirs[at] as Round)))
}

const sum = ({ bot, postgres, redis }: Round): number => bot + postgres + redis

function table(title: string, measured: Measured): string[] {
  const head = ['', 'a second', 'ratio', 'processor: bot', 'PostgreSQL', 'Redis', 'ratio', '200 after (p95)']
  const rows = [...measured].map(([name, rounds]) => {
    const of = (what: (round: Round) => number, digits = 2) => median(rounds.map(what)).toFixed(digits)
    return [
      name,
      of((round) => round.perSecond, 0),
      ratio(measured, name, 'documented').toFixed(2),
      `${of((round) => round.bot)} ms`,
      `${of((round) => round.postgres)} ms`,
      `${of((round) => round.redis)} ms`,
      // The other way round: how much less.
      ratio(measured, 'documented', name, sum).toFixed(2),
      `${of((round) => round.p95, 0)} ms`,
    ]
  })
  const widths = head.map((text, at) => Math.max(text.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((text, at) => (at === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join('  ')
  return [title, line(head), ...rows.map(line)]
}

/** For machines: rates against the documented style and floor 1, and the program's milliseconds of processor time a press. */
function lastLine(act: Act, near: Measured, far: Measured): string {
  const ours = near.get('dauys') ?? []
  const ms = (of: (round: Round) => number) => median(ours.map(of)).toFixed(2)
  return [
    act,
    `ratio=${ratio(near, 'dauys', 'documented').toFixed(2)}`,
    `ratio50=${ratio(far, 'dauys', 'documented').toFixed(2)}`,
    `floor1=${ratio(near, 'dauys', 'floor 1').toFixed(2)}`,
    `bot_ms=${ms((round) => round.bot)}`,
    `pg_ms=${ms((round) => round.postgres)}`,
    `redis_ms=${ms((round) => round.redis)}`,
  ].join(' ')
}
