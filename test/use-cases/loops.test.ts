// Loops: one replica of the fleet does the work, another takes over, an error is logged and the loop goes on.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { startLoop } from '../../src/loops/loop.ts'
import { startPhaseClock } from '../../src/loops/phase-clock.ts'
import { startSequencer } from '../../src/loops/sequencer.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { letClose, must, openVoting, smallCycle } from '../support/cycle.ts'

let app: TestApp
const lines: string[] = []
const log = createLog('info', (line) => lines.push(line))
beforeAll(async () => {
  app = await testApp('loops')
})
afterAll(() => app.done())

const phaseOf = async (id: number) =>
  (await app.db.sql`select phase from cycle where id = ${id}`)[0]?.phase as string
const unnumbered = async () =>
  (await app.db.sql`select 1 from leaf l where not exists (select 1 from entry e where e.leaf = l.id)`).length

test('two replicas with clocks and sequencers close a vote once and number its log; when one stops the other goes on', async () => {
  const cycle = await smallCycle(app, 'fleet', [[1_000_000]])
  await openVoting(app, cycle.id)
  const other = replica(app)
  const start = (one: typeof other, holder: string) => [
    startSequencer({ app: one, log, holder, intervalMs: 50 }),
    startPhaseClock({ app: one, log, holder, intervalMs: 50 }),
  ]
  const [first, second] = [start({ ...app, close: async () => {} }, 'first'), start(other, 'second')]
  await letClose(app, cycle.id, 100)
  await expect.poll(() => phaseOf(cycle.id)).toBe('counting')
  expect(lines.filter((line) => line.includes('a phase began'))).toHaveLength(1)
  const holders = await app.db.sql`select name, holder from lease order by name`
  const clock = holders.find(({ name }) => name === 'phase-clock')?.holder as string
  const [leader, follower] = clock === 'first' ? [first, second] : [second, first]
  await Promise.all(leader.map((loop) => loop.stop()))
  await expect.poll(unnumbered).toBe(0)
  const next = await smallCycle(app, 'next', [[1_000_000]])
  must(await movePhase(app, next.id, { by: 'command' }))
  await expect.poll(() => phaseOf(next.id)).toBe('voting')
  await Promise.all(follower.map((loop) => loop.stop()))
  await other.close()
  expect(await app.db.sql`select name from lease`).toEqual([])
})

test('failed look-ups of more than two days ago are forgotten', async () => {
  await app.db
    .sql`insert into attempt (cycle, account, at) values (1, 5, now() - interval '3 days'), (1, 6, now())`
  const loop = startPhaseClock({ app, log, holder: 'one', intervalMs: 50 })
  const accounts = async () =>
    (await app.db.sql`select account from attempt`).map(({ account }) => account as number)
  await expect.poll(accounts).toEqual([6])
  await loop.stop()
})

test('messages that were settled more than thirty days ago are forgotten; whatever waits is not', async () => {
  await app.db.sql`
    insert into delivery (account, kind, facts, dedupe, state, due_at, claimed_at)
    select 5, 'results', '{}'::jsonb, x.state || x.days, x.state, now() - make_interval(days => x.days), now() - make_interval(days => x.days)
    from unnest(array['sent', 'blocked', 'unknown', 'pending', 'sending'], array[31, 31, 31, 31, 31]) x(state, days)
    union all select 5, 'results', '{}'::jsonb, 'sent29', 'sent', now() - interval '29 days', now() - interval '29 days'`
  const loop = startPhaseClock({ app, log, holder: 'one', intervalMs: 50 })
  const left = async () =>
    (await app.db.sql`select dedupe from delivery order by dedupe`).map(({ dedupe }) => dedupe as string)
  await expect.poll(left, { timeout: 10_000 }).toEqual(['pending31', 'sending31', 'sent29'])
  await loop.stop()
})

test('a step that fails is logged by name only, and the next one comes', async () => {
  let steps = 0
  const loop = startLoop('shaky', log, 5, async () => {
    steps++
    if (steps < 3) throw new Error('77011234567 said something')
    return false
  })
  await expect.poll(() => steps).toBeGreaterThan(4)
  await loop.stop()
  const told = lines.filter((line) => line.includes('a loop failed'))
  expect(told).toHaveLength(2)
  expect(told.join()).not.toContain('77011234567')
  const ended = steps
  await sleep(50)
  expect(steps).toBe(ended)
})

test('a loop that has more to do does not wait, and one that waits is stopped at once', async () => {
  let steps = 0
  const loop = startLoop('busy', log, 3_600_000, async () => ++steps < 5)
  await expect.poll(() => steps).toBe(5)
  await loop.stop()
})
