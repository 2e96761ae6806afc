// A Send asks for its own rows alone, however many have voted: the ten thousandth neighbour waits no longer than the first.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openedBallotOf } from '../../src/store/votes.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { castAll, crowd, openAll } from '../support/crowd.ts'
import { must, openVoting, smallCycle } from '../support/cycle.ts'
import { type Counting, countingRows } from '../support/rows-read.ts'

const VILLAGERS = 1_200
/** What a Send may read of the ballots that were cast before: by its row, its receipt and its opened ballot. */
const FEW = 20

let app: TestApp
let rows: Counting
beforeAll(async () => {
  app = await testApp('by keys')
  rows = countingRows(app.url)
})
afterAll(async () => {
  await rows.db.close()
  await app.done()
})

test('a Send and a mark read a few ballots where a whole village has voted', async () => {
  const cycle = await smallCycle(app, 'by-keys', [[100, 200]])
  await openVoting(app, cycle.id)
  const [territory] = cycle.villages as [number]
  const people = await crowd(app, { cycle: cycle.id, territory }, VILLAGERS, 700_000)
  const opened = await openAll(app, cycle.id, people)
  const send = async (at: number) => {
    const ballot = opened[at] as (typeof opened)[0]
    must(await castBallot({ ...app, db: rows.db }, { ...ballot, cycle: cycle.id, marks: ['a1'] }))
  }
  // The plan of the call is made while the village is empty, and kept.
  await send(0)
  await castAll(app, cycle.id, opened.slice(2), ['a1'])
  expect(await rows.readIn('ballot', () => send(1))).toBeLessThan(FEW)
  const marks = await rows.readIn('ballot', async () => {
    const three = opened.slice(2, 5).map(({ ballot, account }) => openedBallotOf(rows.db, ballot, account))
    expect((await Promise.all(three)).map((ballot) => ballot?.castHere)).toEqual([true, true, true])
  })
  expect(marks).toBeGreaterThan(0)
  expect(marks).toBeLessThan(3 * FEW)
})
