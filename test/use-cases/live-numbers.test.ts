// Live numbers of a vote that counts: a village of nine voters is not told, nor what a subtraction would give; and the list of an official waits for nobody.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { liveNumbers } from '../../src/use-cases/live-numbers.ts'
import { ownCycles } from '../../src/use-cases/read-course.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must, openVoting, type SmallCycle, smallCycle, vote, voters } from '../support/cycle.ts'

const AYAN = 71
const NOBODY = 79

let app: TestApp
let cycle: SmallCycle
beforeAll(async () => {
  app = await testApp('live numbers')
  cycle = await smallCycle(app, 'live', [[100], [100], [100]], { trial: false })
  await openVoting(app, cycle.id)
  must(await grantRole(app, { account: AYAN, role: 'official' }, 'command'))
})
afterAll(() => app.done())

const VILLAGES = ['a1', 'b1', 'c1']

/** So many people of the nth village vote. */
async function cast(nth: number, people: number): Promise<void> {
  for (const one of await voters(app, cycle.id, cycle.villages[nth] ?? 0, people))
    must(await vote(app, cycle.id, one, [VILLAGES[nth] ?? '']))
}
const told = async () => {
  const found = await liveNumbers(app, cycle.id, AYAN)
  return [found?.turnout, ...(found?.villages ?? []).map(({ turnout }) => turnout)]
}

test('a village of nine is hidden, and the smallest other with it; the tenth voter shows them all', async () => {
  await cast(0, 9)
  expect(await told()).toEqual([null, null, 0, 0])
  await cast(1, 11)
  expect(await told()).toEqual([20, null, null, 0])
  await cast(2, 12)
  expect(await told()).toEqual([32, null, null, 12])
  await cast(0, 1)
  expect(await told()).toEqual([33, 10, 11, 12])
  expect(await liveNumbers(app, cycle.id, NOBODY)).toBeUndefined()
})

test('an official’s list of votes is read while somebody else holds the vote', async () => {
  await app.db.begin(async (tx) => {
    await tx.sql`select 1 from cycle where id = ${cycle.id} for update`
    expect((await ownCycles(app, AYAN)).map(({ id }) => id)).toEqual([cycle.id])
    expect(await ownCycles(app, NOBODY)).toEqual([])
  })
})
