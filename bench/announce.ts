// The scene `announce`: one process sends an announcement as fast as it can, in turns with grammY's client, with bare undici and with the
// barest loop that marks, as many calls in flight, behind one Bot API stub; then residents tap while 20,000 announcements go out, against the same before.
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { request } from 'undici'
import { markButton } from '../src/bot/vote/view.ts'
import { rememberScreen } from '../src/bot/vote/open-screens.ts'
import { readConfig } from '../src/config.ts'
import type { Result } from '../src/core/result.ts'
import { startEmbedded } from '../src/embedded/embedded.ts'
import { createLog } from '../src/log.ts'
import { openApp } from '../src/program/open-app.ts'
import { redisSession } from '../src/session/redis.ts'
import type { Session } from '../src/session/session.ts'
import { announce } from '../src/use-cases/announce.ts'
import type { App } from '../src/use-cases/app.ts'
import { openBallot } from '../src/use-cases/open-ballot.ts'
import { readAnnouncement } from '../src/use-cases/read-announcement.ts'
import { runAnnouncements } from '../src/use-cases/run-announcements.ts'
import { beginAnnouncement, writeAnnouncement } from '../src/use-cases/write-announcement.ts'
import type { AnnouncerWish, ToAnnouncer } from './announcer.ts'
import { child, type Ends, heard } from './child.ts'
import { quantile } from './figures.ts'
import { startProgram, twoFreePorts } from './program.ts'
import { openServices } from './services.ts'
import type { FromStub, ToStub } from './stub.ts'
import { importTrial, type Trial } from './trial.ts'
import { pressOf } from './updates.ts'

const SIDES = ['dauys', 'grammy', 'undici', 'noted'] as const
type SideName = (typeof SIDES)[number]

const RECIPIENTS = 5_000
/** Calls at once of each side. */
const IN_FLIGHT = 50
/** Of ours, that are claimed and not yet noted: so many a replica that dies leaves of unknown fate. */
const PLACES = 500
const NOON = 12
/** One round of each side before one counts. */
const ROUNDS = 5
/** To so many the announcement goes during which residents tap, at so many a second. */
const MANY = 20_000
const PACE = 250
const FIRST = 8_000_000
const TAPPERS = 100
const FIRST_TAPPER = 6_000_000
/** Between two taps, each by the next resident. */
const TAP_EVERY_MS = 50
const IDLE_TAPS = 400
const TEXT = '<b>Жиналыс</b> ертең сағат 18:00-де, ауыл клубында. Дауыс беру әлі бес күн жүреді.'

interface Stage {
  app: App
  session: Session
  stub: ChildProcess
  trial: Trial
  root: string
  databaseUrl: string
  redisUrl: string
}

/** The lines to print; the last one is for machines. Three minutes or so. */
export async function announceScene(profile: string | undefined): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-bench-'))
  const ends: Ends = [() => rm(dir, { recursive: true, force: true })]
  try {
    const stage = await prepare(dir, ends)
    const rates = await inTurns(stage)
    const { idle, busy, perSecond } = await taps(stage, dir, profile)
    const ratio = (name: SideName) =>
      median((rates.get('dauys') ?? []).map((rate, at) => rate / (rates.get(name)?.[at] ?? 0))).toFixed(2)
    const p95 = (waits: readonly number[]) => quantile(waits, 0.95)
    return [
      `${ROUNDS} rounds of ${RECIPIENTS} messages in turns, ${IN_FLIGHT} calls at once; the Bot API answers at once. Dauys marks each one in PostgreSQL before and after, ${PLACES} at most in between; so does "noted", with nothing else around undici.`,
      ...SIDES.map((name) => `${name}: ${median(rates.get(name) ?? []).toFixed(0)} a second`),
      `A tap before: p95 ${p95(idle).toFixed(1)} ms of ${idle.length}; while ${MANY} announcements go out, ${perSecond.toFixed(0)} a second: p95 ${p95(busy).toFixed(1)} ms of ${busy.length}, ${(p95(busy) / p95(idle)).toFixed(2)} times`,
      `announce grammy=${ratio('grammy')} undici=${ratio('undici')} noted=${ratio('noted')} tap=${(p95(busy) / p95(idle)).toFixed(2)}`,
    ]
  } finally {
    for (const end of ends.reverse()) await end().catch(() => undefined)
  }
}

const median = (values: readonly number[]): number => quantile(values, 0.5)

async function prepare(dir: string, ends: Ends): Promise<Stage> {
  const services = await openServices(process.env, { dir, needRedis: true, keep: false })
  ends.push(() => services.stop())
  const { redisUrl = '' } = services
  const embedded = services.databaseUrl ? undefined : await startEmbedded({ dir })
  if (embedded) ends.push(() => embedded.stop())
  const databaseUrl = services.databaseUrl ?? embedded?.url ?? ''
  const stub = child('stub.mjs', ends)
  const { port } = (await heard(stub)) as { port: number }
  const opened = await openApp(readConfig({ DATABASE_URL: databaseUrl, DAUYS_DIR: dir }), createLog('error'))
  ends.push(() => opened.close())
  // Its announcements do not wait for the morning.
  const app: App = { ...opened.app, quiet: (moment) => moment }
  const trial = await importTrial(app, TAPPERS, FIRST_TAPPER)
  const session = redisSession(redisUrl, 1)
  ends.push(() => session.close())
  return { app, session, stub, trial, root: `http://127.0.0.1:${port}`, databaseUrl, redisUrl }
}

function must<T>(result: Result<T, { kind: string }>): T {
  if (!result.ok) throw new Error(`the announcement was refused: ${result.problem.kind}`)
  return result.value
}

/** So many residents and nobody else are written to. */
async function residents({ app, trial: { cycle, territory } }: Stage, count: number): Promise<void> {
  await app.db.sql`update account set reachable = false where home_cycle = ${cycle}`
  await app.db.sql`
    insert into account (id, locale, home_cycle, home_territory)
    select ${FIRST}::bigint + n, case when n % 3 = 0 then 'ru' else 'kk' end, ${cycle}::int, ${territory}::int
    from generate_series(0, ${count - 1}::int) n on conflict (id) do update set reachable = true`
}

/** Begins one: its messages wait from here on. Returns its number. */
async function begin({ app, trial }: Stage): Promise<number> {
  const id = must(await beginAnnouncement(app, { cycle: trial.cycle }, 'command'))
  for (const locale of ['kk', 'ru'])
    must(await writeAnnouncement(app, { id }, { text: { locale, html: TEXT } }, 'command'))
  must(await announce(app, { id }, 'command'))
  await runAnnouncements(app)
  return id
}

/** Messages a second of each side, round by round. */
async function inTurns(stage: Stage): Promise<Map<SideName, number[]>> {
  const ends: Ends = []
  try {
    await residents(stage, RECIPIENTS)
    const sides: [SideName, ChildProcess][] = []
    for (const side of SIDES) {
      const { root: apiRoot, databaseUrl, redisUrl } = stage
      const wish: AnnouncerWish = {
        side,
        apiRoot,
        inFlight: IN_FLIGHT,
        places: PLACES,
        databaseUrl,
        redisUrl,
      }
      const process = child('announcer.mjs', ends, [JSON.stringify(wish)])
      await heard(process)
      sides.push([side, process])
    }
    const rates = new Map<SideName, number[]>(SIDES.map((name) => [name, []]))
    for (let round = 0; round <= ROUNDS; round++)
      // Who goes first changes from round to round.
      for (const [name, process] of [
        ...sides.slice(round % sides.length),
        ...sides.slice(0, round % sides.length),
      ]) {
        const rate = await measure(stage, name, process)
        if (round > 0) rates.get(name)?.push(rate)
      }
    return rates
  } finally {
    for (const end of ends) await end()
  }
}

/** From the first call to the last one. */
async function measure(stage: Stage, name: SideName, side: ChildProcess): Promise<number> {
  const { stub } = stage
  stub.send({ wait: { sendMessage: RECIPIENTS } } satisfies ToStub)
  const reached = heard(stub) as Promise<Extract<FromStub, { reached: number }>>
  if (name === 'dauys') await begin(stage)
  else side.send({ first: FIRST, count: RECIPIENTS, text: TEXT } satisfies ToAnnouncer)
  const end = await reached
  // What is still marked belongs to nobody else's round.
  await pause(500)
  return (RECIPIENTS * 1000) / (end.reached - end.began)
}

interface Taps {
  idle: number[]
  busy: number[]
  /** Announcements that went out. */
  perSecond: number
}

/** The program answers residents, first undisturbed, then while it announces. */
async function taps(stage: Stage, dir: string, profile: string | undefined): Promise<Taps> {
  const { app, stub } = stage
  const port = await twoFreePorts()
  const secret = 'a-secret-of-the-bench'
  const program = await startProgram(
    {
      DATABASE_URL: stage.databaseUrl,
      DAUYS_DIR: dir,
      REDIS_URL: stage.redisUrl,
      BOT_TOKEN: '1:a-stub-needs-no-token',
      TELEGRAM_API_ROOT: stage.root,
      WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`,
      WEBHOOK_SECRET: secret,
      MESSAGES_PER_SECOND: String(PACE),
      MESSAGES_AT_ONCE: String(IN_FLIGHT),
    },
    { port, profile, hour: NOON },
  )
  try {
    const tap = await tapper(stage, `http://127.0.0.1:${port}/telegram`, secret)
    stub.send({ watch: 'editMessageText' } satisfies ToStub)
    for (let n = 0; n < IDLE_TAPS; n++) await tap()
    const idle: number[] = []
    for (let n = 0; n < IDLE_TAPS; n++) idle.push(await tap())
    await residents(stage, MANY)
    const id = await begin(stage)
    const waiting = async () => (await readAnnouncement(app, id, 'command'))?.figures.waiting ?? 0
    const busy: number[] = []
    const [from, before] = [performance.now(), await waiting()]
    let left = before
    while (left > MANY / 100) {
      for (let n = 0; n < IDLE_TAPS / 4; n++) busy.push(await tap())
      left = await waiting()
    }
    return { idle, busy, perSecond: ((before - left) * 1000) / (performance.now() - from) }
  } finally {
    await program.stop()
  }
}

/** One resident after the other sets a mark or takes it away. Returns how long the screen took to change, in milliseconds. */
async function tapper(
  { app, session, stub, trial }: Stage,
  url: string,
  secret: string,
): Promise<() => Promise<number>> {
  const ballots: { account: number; ballot: string }[] = []
  for (const { account, rollRow } of trial.people) {
    const opened = await openBallot(app, account, trial.cycle, rollRow)
    if (!opened.ok) throw new Error(`a ballot was not opened: ${opened.problem.kind}`)
    const { ballot } = opened.value
    await session.setMarks(account, ballot, trial.marks)
    await rememberScreen(session, account, { ballot, rollRow, message: 77 })
    ballots.push({ account, ballot })
  }
  let next = 0
  return async () => {
    const n = next++
    const { account, ballot } = ballots[n % ballots.length] as (typeof ballots)[number]
    const body = pressOf(account, markButton.pack({ ballot, number: 1, page: 0 }))
    const called = heard(stub) as Promise<{ called: number }>
    const started = performance.timeOrigin + performance.now()
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body,
    })
    await answer.body.dump()
    if (answer.statusCode !== 200) throw new Error('a tap was refused')
    const took = (await called).called - started
    await pause(Math.max(0, TAP_EVERY_MS - took))
    return took
  }
}
