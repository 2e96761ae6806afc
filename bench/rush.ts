// The scene `rush`: how many verified people may arrive in one minute, each with a whole vote, so that nobody waits a second for a screen?
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { crowd, openAll } from '../test/support/crowd.ts'
import type { Voter } from '../test/support/cycle.ts'
import { listButton, sendButton, voteButton } from '../src/bot/buttons.ts'
import { markButton, reviewButton } from '../src/bot/vote/view.ts'
import { readConfig } from '../src/config.ts'
import { startEmbedded } from '../src/embedded/embedded.ts'
import { createLog } from '../src/log.ts'
import { openApp } from '../src/program/open-app.ts'
import { redisSession } from '../src/session/redis.ts'
import type { Session } from '../src/session/session.ts'
import type { App } from '../src/use-cases/app.ts'
import { child, type Ends, heard } from './child.ts'
import { quantile } from './figures.ts'
import { memoryOf, postgresPid, processorOf, processorOfServer, redisPid } from './processor.ts'
import { type Program, startProgram, twoFreePorts } from './program.ts'
import type { Rush, Rushed } from './rush-crowd.ts'
import { openServices } from './services.ts'
import { importTrial, type Trial } from './trial.ts'
import { commandOf, pressOf } from './updates.ts'

const MINUTE_MS = 60_000
/** A person looks at a screen for so long before they go on. */
const THINK_MS = 2_000
const WAIT_MS = 1_000
/** Where the search begins, and how far it goes each time. */
const BEGIN = 2_000
const STEP = 1_000
const MOST = 10_000
const WARM = { people: 300, overMs: 10_000 }
const FIRST_PERSON = 50_000_000
const SETTLE_MS = 3_000

export interface RushWish {
  profile: string | undefined
  /** Tries this number alone. */
  people: number | undefined
  /** So long, with so many people each minute, in place of the search. */
  minutes: number | undefined
  replicas: number
}

interface Stage {
  app: App
  session: Session
  trial: Trial
  programs: Program[]
  ports: number[]
  secret: string
  api: ChildProcess
  pids: { postgres: number; redis: number }
  /** The next account that nobody has. */
  next: number
}
interface Minute {
  people: number
  p95: number
  errors: number
  /** Of the replica that has most. */
  megabytes: number
  /** Milliseconds of processor time that a person costs: replicas, PostgreSQL, Redis. */
  cost: [number, number, number]
}

/** The lines to print; the last one is for machines. A minute and a half a number that is tried. */
export async function rushScene(wish: RushWish): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-bench-'))
  const ends: Ends = [() => rm(dir, { recursive: true, force: true })]
  try {
    const stage = await prepare(dir, ends, wish)
    await minute(stage, await newcomers(stage, WARM.people), WARM.overMs)
    const { minutes, people } = wish
    if (minutes !== undefined) return await lasting(stage, people ?? BEGIN / 4, minutes)
    const tried = people === undefined ? await search(stage) : [await oneMinute(stage, people)]
    const best = tried.filter(isGood).toSorted((a, b) => b.people - a.people)[0]
    const told = best ?? tried.at(-1)
    return [
      `${wish.replicas} replicas; each person: /start, list, ballot, three marks, review, Send, ${THINK_MS / 1000} s between; waiting: from the press to the screen`,
      ...tried.map(
        (one) =>
          `  ${one.people} people in a minute: p95 ${one.p95.toFixed(0)} ms, ${one.errors} errors, at most ${one.megabytes.toFixed(0)} MB a replica; processor a person: ${costLine(one)}`,
      ),
      `rush people=${told?.people} p95_ms=${told?.p95.toFixed(0)} errors=${told?.errors}`,
    ]
  } finally {
    for (const end of ends.reverse()) await end().catch(() => undefined)
  }
}

const costLine = ({ cost: [bot, postgres, redis] }: Minute): string =>
  `bot ${bot.toFixed(1)}, PostgreSQL ${postgres.toFixed(1)}, Redis ${redis.toFixed(1)} ms`

const isGood = ({ p95, errors }: Minute): boolean => errors === 0 && p95 < WAIT_MS

const oneMinute = async (stage: Stage, people: number): Promise<Minute> =>
  minute(stage, await newcomers(stage, people), MINUTE_MS)

/** Up while it is good; down, by smaller steps, where already the first was too many. */
async function search(stage: Stage): Promise<Minute[]> {
  const tried: Minute[] = [await oneMinute(stage, BEGIN)]
  const up = isGood(tried[0] as Minute)
  for (let people = BEGIN; ; ) {
    people += up ? STEP : -STEP / 2
    if (people <= 0 || people > MOST) return tried
    const one = await oneMinute(stage, people)
    tried.push(one)
    if (isGood(one) !== up) return tried
  }
}

/** The same number of people minute after minute; the last third held against the first. */
async function lasting(stage: Stage, people: number, minutes: number): Promise<string[]> {
  const all: Minute[] = []
  const known = await newcomers(stage, 2 * people)
  for (let n = 0; n < minutes; n++)
    all.push(await minute(stage, known.slice((n % 2) * people, ((n % 2) + 1) * people), MINUTE_MS, 0))
  const third = Math.max(1, Math.floor(minutes / 3))
  const of = (part: readonly Minute[], what: (one: Minute) => number) => quantile(part.map(what), 0.5)
  const [first, last] = [all.slice(0, third), all.slice(-third)]
  const growth = of(last, (one) => one.megabytes) / of(first, (one) => one.megabytes)
  const waits = of(last, (one) => one.p95) / of(first, (one) => one.p95)
  return [
    ...all.map(
      (one, at) =>
        `  minute ${at + 1}: p95 ${one.p95.toFixed(0)} ms, ${one.errors} errors, ${one.megabytes.toFixed(0)} MB`,
    ),
    `The last ${third} minutes against the first ${third}: memory ${growth.toFixed(3)} times, p95 ${waits.toFixed(2)} times`,
    `rush people=${people} minutes=${minutes} p95_ms=${of(last, (one) => one.p95).toFixed(0)} errors=${all.reduce((sum, one) => sum + one.errors, 0)} rss_mb=${Math.max(...all.map((one) => one.megabytes)).toFixed(0)} rss_ratio=${growth.toFixed(3)}`,
  ]
}

async function prepare(dir: string, ends: Ends, { profile, replicas }: RushWish): Promise<Stage> {
  const services = await openServices(process.env, { dir, needRedis: true, keep: false })
  ends.push(() => services.stop())
  const { redisUrl = '' } = services
  const embedded = services.databaseUrl ? undefined : await startEmbedded({ dir })
  if (embedded) ends.push(() => embedded.stop())
  const databaseUrl = services.databaseUrl ?? embedded?.url ?? ''
  const api = child('rush-crowd.mjs', ends)
  const { port } = (await heard(api)) as { port: number }
  const opened = await openApp(readConfig({ DATABASE_URL: databaseUrl, DAUYS_DIR: dir }), createLog('error'))
  ends.push(() => opened.close())
  const { app } = opened
  const trial = await importTrial(app, 1, FIRST_PERSON)
  const session = redisSession(redisUrl, 1)
  ends.push(() => session.close())
  const secret = randomBytes(16).toString('hex')
  const [ports, programs]: [number[], Program[]] = [[], []]
  for (let n = 0; n < replicas; n++) {
    const own = await twoFreePorts()
    const settings = {
      DATABASE_URL: databaseUrl,
      DAUYS_DIR: dir,
      REDIS_URL: redisUrl,
      BOT_TOKEN: '1:a-stub-needs-no-token',
      TELEGRAM_API_ROOT: `http://127.0.0.1:${port}`,
      WEBHOOK_URL: `http://127.0.0.1:${own}/telegram`,
      WEBHOOK_SECRET: secret,
    }
    const program = await startProgram(settings, { port: own, profile })
    ends.push(() => program.stop())
    programs.push(program)
    ports.push(own)
  }
  const redis = new Redis(redisUrl)
  const pids = { postgres: await postgresPid(app.db.sql), redis: await redisPid(redis) }
  redis.disconnect()
  return { app, session, trial, programs, ports, secret, api, pids, next: FIRST_PERSON + 1 }
}

async function newcomers(stage: Stage, count: number): Promise<Voter[]> {
  const voters = await crowd(stage.app, stage.trial, count, stage.next)
  stage.next += count
  return voters
}

async function minute(
  stage: Stage,
  voters: readonly Voter[],
  overMs: number,
  settleMs = SETTLE_MS,
): Promise<Minute> {
  const { ports, secret, api, programs, pids } = stage
  const people = await walks(stage, voters)
  await pause(settleMs)
  let megabytes = 0
  const look = setInterval(() => {
    for (const { pid } of programs) void memoryOf(pid).then((mb) => (megabytes = Math.max(megabytes, mb)))
  }, 500)
  const used = async () => {
    const bots = await Promise.all(programs.map(({ pid }) => processorOf(pid)))
    const bot = bots.reduce((sum, ms) => sum + ms, 0)
    return [bot, await processorOfServer(pids.postgres), await processorOf(pids.redis)] as const
  }
  const before = await used()
  api.send({ ports, secret, overMs, thinkMs: THINK_MS, people } satisfies Rush)
  const [rushed] = (await once(api, 'message', { signal: AbortSignal.timeout(overMs * 10) })) as [Rushed]
  clearInterval(look)
  const after = await used()
  const cost = ([0, 1, 2] as const).map((at) => (after[at] - before[at]) / voters.length) as Minute['cost']
  return { people: voters.length, p95: quantile(rushed.waits, 0.95), errors: rushed.errors, megabytes, cost }
}

/** What each of them does. One mark is set from before, so that the ballot that they open is known here. */
async function walks({ app, session, trial }: Stage, voters: readonly Voter[]): Promise<Rush['people']> {
  const { cycle, territory } = trial
  const opened = await openAll(app, cycle, voters)
  for (let from = 0; from < opened.length; from += 100)
    await Promise.all(
      opened.slice(from, from + 100).map(({ account, ballot }) => session.setMarks(account, ballot, ['p3'])),
    )
  return opened.map(({ account, ballot, rollRow }) => ({
    account,
    bodies: [
      commandOf(account, '/start'),
      ...[
        listButton.pack({ cycle, territory, page: 0, category: 0 }),
        voteButton.pack({ cycle, territory }),
        ...[7, 11, 20].map((number) => markButton.pack({ ballot, number, page: 0 })),
        reviewButton.pack({ ballot }),
        sendButton.pack({ ballot, cycle, territory, rollRow }),
      ].map((data) => pressOf(account, data)),
    ],
  }))
}
