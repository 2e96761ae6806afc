// Sends that race the close: what was acknowledged stands before CLOSE and is counted, everyone else is told that it is closed.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../src/use-cases/app.ts'
import { castBallot, type CastProblem, type Receipt } from '../../src/use-cases/cast-ballot.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import type { Result } from '../../src/core/result.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import {
  kindOf,
  letClose,
  must,
  opened,
  openVoting,
  smallCycle,
  type SmallCycle,
  vote,
  voters,
} from '../support/cycle.ts'

const VOTERS = 60
const DAY = 86_400_000

let app: TestApp
let fast: App & { close(): Promise<void> }
let slow: App & { close(): Promise<void> }
beforeAll(async () => {
  app = await testApp('close', 20)
  // Two replicas whose own clocks are a day wrong, either way.
  fast = { ...replica(app, 20), now: () => new Date(Date.now() + DAY) }
  slow = { ...replica(app, 20), now: () => new Date(Date.now() - DAY) }
})
afterAll(async () => {
  await fast.close()
  await slow.close()
  await app.done()
})

type Cast = Result<Receipt, CastProblem>

/**
 * Everybody sends, a third before the close is asked for, a third while it is under way, a third after it was done; `close`
 * resolves when the cycle has moved on.
 */
async function race(cycle: SmallCycle, close: () => Promise<void>): Promise<Cast[]> {
  const [territory] = cycle.villages as [number]
  const ballots = await Promise.all(
    (await voters(app, cycle.id, territory, VOTERS)).map((voter) => opened(app, cycle.id, voter)),
  )
  const send = (at: number): Promise<Cast> =>
    castBallot(at % 2 ? fast : slow, {
      ...(ballots[at] as (typeof ballots)[0]),
      cycle: cycle.id,
      marks: ['a1'],
    })
  // One after the other, so that they are more than one batch: when the first is answered, the rest is under way.
  const wave = (from: number) =>
    Array.from({ length: VOTERS / 3 }, async (_, n) => {
      for (let turn = 0; turn < n; turn++) await nextTurn()
      return send(from + n)
    })
  const early = wave(0)
  await Promise.race(early)
  const closing = close()
  const during = wave(VOTERS / 3)
  await closing
  return Promise.all([...early, ...during, ...wave((VOTERS * 2) / 3)])
}

/** What was promised, held against the log and the count. */
async function holds(cycle: SmallCycle, casts: readonly Cast[]): Promise<void> {
  const accepted = casts.flatMap((cast) => (cast.ok ? [cast.value.number] : []))
  const refused = casts.filter((cast) => !cast.ok).map(kindOf)
  expect(new Set(refused)).toEqual(new Set(['closed']))
  expect(accepted.length).toBeGreaterThan(0)
  expect(refused.length).toBeGreaterThanOrEqual(VOTERS / 3)
  await numberLeaves(app)
  const log = await app.db.sql<{ seq: number; kind: string; receipt: string | null }[]>`
    select e.seq, l.kind, b.receipt from entry e join leaf l on l.id = e.leaf left join ballot b on b.leaf = l.id
    where e.log = ${cycle.id} order by e.seq`
  const close = log.findIndex(({ kind }) => kind === 'closed')
  expect(log.filter(({ kind }) => kind === 'closed')).toHaveLength(1)
  const recorded = log.flatMap(({ receipt }, at) => (receipt ? [{ receipt, at }] : []))
  expect(recorded.map(({ receipt }) => receipt).sort()).toEqual(accepted.toSorted())
  expect(Math.max(...recorded.map(({ at }) => at))).toBeLessThan(close)
  const [village] = must(await countCycle(app, cycle.id, 'command'))
  expect(village?.ballots).toBe(accepted.length)
}

test('an official closes while sixty Sends are under way', async () => {
  const cycle = await smallCycle(app, 'by-command', [[100, 200]], { trial: true })
  await openVoting(app, cycle.id)
  const casts = await race(cycle, async () => void must(await movePhase(fast, cycle.id, { by: 'command' })))
  await holds(cycle, casts)
})

test('the clock closes while sixty Sends are under way; a clock of ours that is a day wrong changes nothing', async () => {
  const cycle = await smallCycle(app, 'by-clock', [[100, 200]])
  await openVoting(app, cycle.id)
  expect(kindOf(await movePhase(fast, cycle.id, { by: 'clock' })), 'not a day early').toBe('not-due')
  const casts = await race(cycle, async () => {
    await letClose(app, cycle.id, 40)
    for (let tries = 0; tries < 400; tries++) {
      const moved = await movePhase(tries % 2 ? fast : slow, cycle.id, { by: 'clock' })
      if (moved.ok) return
      expect(moved.problem.kind).toBe('not-due')
    }
    throw new Error('it never closed')
  })
  await holds(cycle, casts)
  const [late] = await app.db.sql`
    select 1 from ballot b join phase_start p on p.cycle = b.cycle and p.phase = 'counting'
    where b.cycle = ${cycle.id} and b.at >= p.starts_at`
  expect(late).toBeUndefined()
})

test('after its time a vote is closed although nobody has moved the phase yet', async () => {
  const cycle = await smallCycle(app, 'overdue', [[100]])
  await openVoting(app, cycle.id)
  const [voter] = await voters(app, cycle.id, cycle.villages[0] as number, 1)
  const ballot = await opened(app, cycle.id, voter as NonNullable<typeof voter>)
  await letClose(app, cycle.id)
  for (const on of [fast, slow])
    expect(kindOf(await castBallot(on, { ...ballot, cycle: cycle.id, marks: ['a1'] }))).toBe('closed')
})

test('replicas whose clocks are a day wrong take votes until the close', async () => {
  const cycle = await smallCycle(app, 'wrong-clocks', [[100]])
  await openVoting(app, cycle.id)
  await letClose(app, cycle.id, 60_000)
  for (const [at, voter] of (await voters(app, cycle.id, cycle.villages[0] as number, 2)).entries())
    expect(kindOf(await vote(at ? fast : slow, cycle.id, voter, ['a1']))).toBe('ok')
})
