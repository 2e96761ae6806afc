// The scene `announce`: one process sends an announcement as fast as it can, in turns with grammY's client, with bare undici and with the
// barest loop that marks, as many calls in flight, behind one Bot API stub; then residents tap while 20,000 announcements go out, against the same before.
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Result } from '../src/core/result.ts'
import { announce } from '../src/use-cases/announce.ts'
import { readAnnouncement } from '../src/use-cases/read-announcement.ts'
import { runAnnouncements } from '../src/use-cases/run-announcements.ts'
import { beginAnnouncement, writeAnnouncement } from '../src/use-cases/write-announcement.ts'
import type { AnnouncerWish, ToAnnouncer } from './announcer.ts'
import { child, type Ends, heard } from './child.ts'
import { quantile } from './figures.ts'
import type { FromStub, ToStub } from './stub.ts'
import { IDLE_TAPS, prepareTaps, type Stage, whileTapped } from './tapper.ts'

const SIDES = ['dauys', 'grammy', 'undici', 'noted'] as const
type SideName = (typeof SIDES)[number]

const RECIPIENTS = 5_000
/** Calls at once of each side. */
const IN_FLIGHT = 50
/** Of ours, that are claimed and not yet noted: so many a replica that dies leaves of unknown fate. */
const PLACES = 500
/** One round of each side before one counts. */
const ROUNDS = 5
/** To so many the announcement goes during which residents tap, at so many a second. */
const MANY = 20_000
const PACE = 250
const FIRST = 8_000_000
const TEXT = '<b>Жиналыс</b> ертең сағат 18:00-де, ауыл клубында. Дауыс беру әлі бес күн жүреді.'

/** The lines to print; the last one is for machines. Three minutes or so. */
export async function announceScene(profile: string | undefined): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-bench-'))
  const ends: Ends = [() => rm(dir, { recursive: true, force: true })]
  try {
    const stage = await prepareTaps(dir, ends)
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
  const { app } = stage
  const settings = { MESSAGES_PER_SECOND: String(PACE), MESSAGES_AT_ONCE: String(IN_FLIGHT) }
  return whileTapped(stage, dir, { settings, profile }, async (tap, idle) => {
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
  })
}
