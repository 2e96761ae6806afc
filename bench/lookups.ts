// The scene `lookups`: twenty receipts looked up at once beside a vote, in a log of 100,000 leaves; does anybody wait for them?
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { encodeEvent } from '../src/core/audit/event.ts'
import { leafMac } from '../src/core/audit/mac.ts'
import { leafHash } from '../src/core/audit/merkle.ts'
import { toHex } from '../src/core/bytes.ts'
import { readConfig } from '../src/config.ts'
import { createLog } from '../src/log.ts'
import { openApp } from '../src/program/open-app.ts'
import { lastHead } from '../src/store/log.ts'
import type { App } from '../src/use-cases/app.ts'
import { castBallot } from '../src/use-cases/cast-ballot.ts'
import { logOrigin } from '../src/use-cases/log-origin.ts'
import { numberLeaves } from '../src/use-cases/number-leaves.ts'
import { openBallot } from '../src/use-cases/open-ballot.ts'
import { readReceipt } from '../src/use-cases/read-receipt.ts'
import { quantile } from './figures.ts'
import { openServices } from './services.ts'
import { longestStretch } from './stretch.ts'
import { importTrial, type Trial } from './trial.ts'

const LEAVES = 100_000
const PEOPLE = 200
const FIRST_PERSON = 7_000_000
/** Look-ups at once, and how long after the last answer the next ones begin, in milliseconds. */
const AT_ONCE = 20
const BREATH_MS = 100
/** Casts a second, at an even pace: a village in its busiest minute. */
const CASTS = 50
const SEQUENCER_MS = 500
const ROUND_MS = 4_000
const PAIRS = 6

type Round = { p99: number; casts: number; lookUps: number }

/** The lines to print; the last one is for machines. About two minutes. */
export async function lookupsScene(): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-bench-'))
  const services = await openServices(process.env, { dir, needRedis: false, keep: false })
  const settings = services.databaseUrl ? { DATABASE_URL: services.databaseUrl } : {}
  try {
    const opened = await openApp(readConfig({ ...settings, DAUYS_DIR: dir }), createLog('error'))
    try {
      return await measureAll(opened.app)
    } finally {
      await opened.close()
    }
  } finally {
    await services.stop()
    await rm(dir, { recursive: true, force: true })
  }
}

async function measureAll(app: App): Promise<string[]> {
  const trial = await importTrial(app, PEOPLE, FIRST_PERSON)
  const numbers: string[] = []
  for (let at = 0; at < AT_ONCE; at++) {
    numbers.push(await cast(app, trial, at))
    await fillLog(app, trial.cycle, at, LEAVES / AT_ONCE)
  }
  const size = (await lastHead(app.db, trial.cycle))?.size ?? 0
  if (size < LEAVES) throw new Error(`the log has ${size} leaves`)
  await round(app, trial, numbers)
  const rounds: { alone: Round; beside: Round }[] = []
  for (let pair = 0; pair < PAIRS; pair++) {
    const first = await round(app, trial, pair % 2 === 0 ? undefined : numbers)
    const second = await round(app, trial, pair % 2 === 0 ? numbers : undefined)
    rounds.push(pair % 2 === 0 ? { alone: first, beside: second } : { alone: second, beside: first })
  }
  return lines(size, await longestStretch(numbers, (number) => lookUp(app, number)), rounds)
}

/** A Send of one of the people; resolves with the number of the receipt. */
async function cast(app: App, { cycle, territory, people, marks }: Trial, at: number): Promise<string> {
  const { account, rollRow } = people[at % people.length] as Trial['people'][0]
  const opened = await openBallot(app, account, cycle, rollRow)
  if (!opened.ok) throw new Error(`a ballot was not opened: ${opened.problem.kind}`)
  const { ballot } = opened.value
  const done = await castBallot(app, { ballot, account, cycle, territory, rollRow, marks })
  if (!done.ok) throw new Error(`a ballot was not cast: ${done.problem.kind}`)
  return done.value.number
}

/** Leaves of acts, as the program writes them, numbered. `part` makes them other ones than before. */
async function fillLog(app: App, log: number, part: number, count: number): Promise<void> {
  const origin = await logOrigin(app, log)
  const leaves = Array.from({ length: count }, (_, n) => {
    const what = `list-${part}-${n}`
    const body = encodeEvent({
      kind: 'exported',
      at: '2026-03-05T13:00:00Z',
      cycle: 'bench',
      what,
      by: 'command',
    })
    return {
      body: toHex(body),
      hash: toHex(leafHash(body)),
      mac: toHex(leafMac(app.secrets.leafKey, origin, body)),
    }
  })
  await app.db.sql`
    insert into leaf (log, kind, body, hash, mac)
    select ${log}::int, 'exported', decode(x.body, 'hex'), decode(x.hash, 'hex'), decode(x.mac, 'hex')
    from jsonb_to_recordset(${JSON.stringify(leaves)}::text::jsonb) x(body text, hash text, mac text)`
  const { stopped } = await numberLeaves(app)
  if (stopped.length > 0) throw new Error('the log was stopped')
}

async function lookUp(app: App, number: string): Promise<void> {
  const found = await readReceipt(app, number)
  if (!found.ok || !found.value[0]?.proof) throw new Error('a receipt has no proof')
}

/** The vote for some seconds with its sequencer; with `numbers`, look-ups of these at once, again and again. */
async function round(app: App, trial: Trial, numbers: readonly string[] | undefined): Promise<Round> {
  const ends = performance.now() + ROUND_MS
  const goesOn = () => performance.now() < ends
  const done = { casts: 0, lookUps: 0 }
  const sequencer = async () => {
    while (goesOn()) {
      await numberLeaves(app)
      await pause(SEQUENCER_MS)
    }
  }
  const readers = async (these: readonly string[]) => {
    while (goesOn()) {
      await Promise.all(these.map((number) => lookUp(app, number)))
      done.lookUps += these.length
      await pause(BREATH_MS)
    }
  }
  const delay: IntervalHistogram = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await Promise.all([
    voting(app, trial, goesOn, () => void done.casts++),
    sequencer(),
    ...(numbers ? [readers(numbers)] : []),
  ])
  delay.disable()
  return { p99: delay.percentile(99) / 1e6, ...done }
}

/** Casts at an even pace, whether or not the one before was answered. */
async function voting(app: App, trial: Trial, goesOn: () => boolean, count: () => void): Promise<void> {
  const begun = performance.now()
  const underWay: Promise<void>[] = []
  for (let at = 0; goesOn(); at++) {
    underWay.push(cast(app, trial, at).then(count))
    await pause(Math.max(0, begun + ((at + 1) * 1000) / CASTS - performance.now()))
  }
  await Promise.all(underWay)
}

function lines(size: number, stretch: number, rounds: readonly { alone: Round; beside: Round }[]): string[] {
  const median = (of: (pair: { alone: Round; beside: Round }) => number) => quantile(rounds.map(of), 0.5)
  const ratio = median(({ alone, beside }) => beside.p99 / alone.p99)
  const line = (name: string, which: 'alone' | 'beside') =>
    `  ${name}: ${median((pair) => pair[which].p99).toFixed(2)} ms; ${median((pair) => pair[which].casts)} casts, ${median((pair) => pair[which].lookUps)} look-ups`
  return [
    `A log of ${size} leaves; p99 of the event-loop delay (resolution 1 ms), median of ${rounds.length} rounds of ${ROUND_MS / 1000} s each, in turns:`,
    line('a vote alone', 'alone'),
    line(`beside ${AT_ONCE} look-ups at once`, 'beside'),
    `lookups stretch_ms=${stretch.toFixed(2)} p99_ratio=${ratio.toFixed(2)}`,
  ]
}
