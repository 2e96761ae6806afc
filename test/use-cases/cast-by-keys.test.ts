// A Send asks for its own rows alone, however many have voted: the ten thousandth neighbour waits no longer than the first.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Db } from '../../src/store/db.ts'
import { openedBallotOf } from '../../src/store/votes.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { castAll, crowd, openAll } from '../support/crowd.ts'
import { must, openVoting, smallCycle } from '../support/cycle.ts'

const VILLAGERS = 1_200
/** What a Send may read of the ballots that were cast before: by its row, its receipt, its opened ballot, and what the indexes pass on the way. */
const FEW = 20

let app: TestApp
/** A pool of one connection: it counts what it reads. */
let one: Db
beforeAll(async () => {
  app = await testApp('by keys')
  one = connect(app.url, { max: 1 })
})
afterAll(async () => {
  await one.close()
  await app.done()
})

/** Rows of the ballots that the one connection has read since it began. */
async function read(): Promise<number> {
  await one.sql`select pg_stat_force_next_flush()`
  const [row] = await one.sql<{ n: number }[]>`
    select (pg_stat_get_tuples_returned(c.oid) + (select sum(pg_stat_get_tuples_returned(x.indexrelid)) from pg_index x where x.indrelid = c.oid))::int as n
    from pg_class c where c.oid = 'ballot'::regclass`
  return row?.n ?? 0
}

test('a Send and a mark read a few ballots where a whole village has voted', async () => {
  const cycle = await smallCycle(app, 'by-keys', [[100, 200]])
  await openVoting(app, cycle.id)
  const [territory] = cycle.villages as [number]
  const people = await crowd(app, { cycle: cycle.id, territory }, VILLAGERS, 700_000)
  const ballots = (await openAll(app, cycle.id, people)).map((ballot) => ({ ...ballot, cycle: cycle.id }))
  const [first, second, ...others] = ballots as [(typeof ballots)[0], ...typeof ballots]
  const own = { ...app, db: one }
  // The plan of the call is made while the village is empty, and kept.
  must(await castBallot(own, { ...first, marks: ['a1'] }))
  await castAll(app, cycle.id, others, ['a1'])
  const before = await read()
  must(await castBallot(own, { ...(second as typeof first), marks: ['a1'] }))
  const sent = await read()
  expect(sent - before).toBeLessThan(FEW)
  const looked = await Promise.all(
    others.slice(0, 3).map(({ ballot, account }) => openedBallotOf(one, ballot, account)),
  )
  expect(looked.map((ballot) => ballot?.castHere)).toEqual([true, true, true])
  const marked = (await read()) - sent
  expect(marked).toBeGreaterThan(0)
  expect(marked).toBeLessThan(3 * FEW)
})
