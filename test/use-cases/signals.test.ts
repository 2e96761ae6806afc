// What an auditor is shown: numbers that stand out, in chat and by command, and nothing of it to anybody else.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { markPaper } from '../../src/use-cases/mark-paper.ts'
import { readSignals, signalCycles } from '../../src/use-cases/read-signals.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { unguarded } from '../support/database.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'

const [AUDITOR, OFFICIAL, HELPER] = [11, 12, 13]
let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('signals')
  desk = await clerk(app)
  for (const [account, role] of [
    [AUDITOR, 'auditor'],
    [OFFICIAL, 'official'],
    [HELPER, 'facilitator'],
  ] as const)
    must(await grantRole(app, { account, role }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

test('a burst, one clerk behind most of a village and wrong codes are told in numbers, to the auditor only', async () => {
  const cycle = await smallCycle(app, 'odd', [[1_000_000], [2_000_000]])
  await openVoting(app, cycle.id)
  const [busy, calm] = cycle.villages as [number, number]
  for (const voter of await voters(app, cycle.id, busy, 14)) must(await vote(app, cycle.id, voter, ['a1']))
  for (const voter of await voters(app, cycle.id, calm, 9)) must(await vote(app, cycle.id, voter, ['b1']))
  // All within one hour, whenever the story is told.
  await unguarded(
    app.db,
    (sql) =>
      sql`update ballot set at = (select min(at) from ballot where cycle = ${cycle.id}) where cycle = ${cycle.id}`,
  )
  expect(must(await readSignals(app, cycle.id, AUDITOR)).map(({ kind }) => kind)).toEqual(['burst'])
  for (let row = 1; row <= 10; row++)
    must(await markPaper(app, { cycle: cycle.id, territory: busy }, row, HELPER))
  await app.db
    .sql`insert into attempt (cycle, account, at) select ${cycle.id}, n, now() from generate_series(1, 21) n`
  expect(must(await readSignals(app, cycle.id, AUDITOR))).toMatchObject([
    { kind: 'burst', votes: 14, of: 14 },
    { kind: 'clerk', rows: 10, of: 14 },
    { kind: 'wrong-codes', wrong: 21, most: 20 },
  ])
  const { lines } = await desk.types('signals --cycle odd')
  expect(lines).toHaveLength(3)
  for (const account of [OFFICIAL, HELPER, 99]) {
    expect(kindOf(await readSignals(app, cycle.id, account))).toBe('not-allowed')
    expect(await signalCycles(app, account)).toEqual([])
  }
  expect(await signalCycles(app, AUDITOR)).toHaveLength(1)
})
