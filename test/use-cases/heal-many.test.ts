// After an outage at the close thousands were shown no receipt: each is queued once, some at a time, and nothing is done over.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { healReceipts } from '../../src/use-cases/deliver.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { castAll, crowd, openAll } from '../support/crowd.ts'
import { openVoting, smallCycle } from '../support/cycle.ts'
import { asOwner, unguarded } from '../support/database.ts'
import { countingRows } from '../support/rows-read.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('healing')
})
afterAll(() => app.done())

test('a round queues the oldest five hundred, the next one goes on behind them, and the last finds nothing', async () => {
  const { id: cycle, villages } = await smallCycle(app, 'healing', [[100, 200]])
  await openVoting(app, cycle)
  const people = await crowd(app, { cycle, territory: villages[0] as number }, 1_200, 41_000_000)
  const receipts = await castAll(app, cycle, await openAll(app, cycle, people), ['a1'])
  expect(await healReceipts(app), 'a minute is given to the answer').toBe(0)
  await unguarded(app.db, (sql) => sql`update ballot set at = at - interval '61 seconds'`)
  const rounds: number[] = []
  while (rounds.at(-1) !== 0) rounds.push(await healReceipts(app))
  expect(rounds).toEqual([500, 500, 200, 0])
  const queued = await app.db.sql<{ receipt: string }[]>`
    select facts ->> 'receipt' as receipt from delivery where kind = 'receipt' and state = 'pending'`
  expect(queued.map(({ receipt }) => receipt).toSorted()).toEqual(receipts.toSorted())
})

test('a program that goes on healing reads what was cast since, and still finds whoever was shown nothing', async () => {
  const { id: cycle, villages } = await smallCycle(app, 'healed', [[100, 200]])
  await openVoting(app, cycle)
  const people = await crowd(app, { cycle, territory: villages[0] as number }, 700, 42_000_000)
  await castAll(app, cycle, await openAll(app, cycle, people.slice(1)), ['a1'])
  await unguarded(app.db, (sql) => sql`update ballot set at = at - interval '121 seconds'`)
  await app.db.sql`update opened_ballot set shown_at = now() where cycle = ${cycle}`
  // As the database does by itself within minutes.
  await asOwner(app.db, (sql) => sql`analyze ballot, opened_ballot`)
  const rows = countingRows(app.url)
  const healed = { above: 0 }
  const heal = () => healReceipts({ ...app, db: rows.db }, healed)
  try {
    expect(await rows.readIn('ballot', heal)).toBeGreaterThan(699)
    await castAll(app, cycle, await openAll(app, cycle, people.slice(0, 1)), ['a1'])
    await unguarded(
      app.db,
      (sql) => sql`update ballot set at = at - interval '61 seconds' where at > now() - interval '1 minute'`,
    )
    expect(await rows.readIn('ballot', async () => expect(await heal()).toBe(1))).toBeLessThan(20)
    expect(await heal(), 'it is queued').toBe(0)
  } finally {
    await rows.db.close()
  }
})
