// What an auditor is shown: numbers that stand out, in chat and by command, and nothing of it to anybody else.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everywhere } from '../../src/core/localised.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { markPaper } from '../../src/use-cases/mark-paper.ts'
import { readSignals, signalCycles } from '../../src/use-cases/read-signals.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { unguarded } from '../support/database.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, must, openVoting, smallCycle, vote, type Voter, voters } from '../support/cycle.ts'

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

/** Each of them an account that this link brought just now; undefined: nobody's. */
async function come(people: readonly Voter[], source: string | undefined): Promise<void> {
  for (const { account } of people)
    await rememberAccount(app, account, source === undefined ? {} : { source })
}

/** Ids of the projects of a village. */
const marksOf = async (cycle: number, territory: number): Promise<string[]> =>
  (
    await app.db.sql<
      { id: string }[]
    >`select id from project where cycle = ${cycle} and territory = ${territory}`
  ).map(({ id }) => id)

const told = async (cycle: number, kind: 'link' | 'full-accounts') =>
  must(await readSignals(app, cycle, AUDITOR)).filter((signal) => signal.kind === kind)

test('one link behind most online votes of a village is told by its name; the village’s own, half of them and nine are not', async () => {
  const cycle = await smallCycle(app, 'links', [[1_000_000], [2_000_000], [3_000_000], [4_000_000]])
  await openVoting(app, cycle.id)
  const [pushed, own, half, small] = cycle.villages as [number, number, number, number]
  const project = `p_${cycle.id}_${pushed}_1`
  for (const [village, source, by, others] of [
    [pushed, project, 10, 9],
    [own, `v_${own}`, 12, 0],
    [half, 'ref_bai', 10, 10],
    [small, 'ref_bai', 9, 0],
  ] as const) {
    const people = await voters(app, cycle.id, village, by + others)
    await come(people.slice(0, by), source)
    await come(people.slice(by), undefined)
    for (const voter of people) {
      const [mark] = await marksOf(cycle.id, village)
      must(await vote(app, cycle.id, voter, [mark as string]))
    }
  }
  expect(await told(cycle.id, 'link')).toEqual([
    { kind: 'link', name: everywhere('links 1'), link: project, project: 1, votes: 10, of: 19 },
  ])
  const { lines } = await desk.types('signals --cycle links')
  expect(lines.filter((line) => line.includes('№\u00a01'))).toHaveLength(1)

  // One vote more tips the half, and a tenth the small village; of the link of somebody else the name is all that is told.
  for (const village of [half, small]) {
    const people = await voters(app, cycle.id, village, 1)
    await come(people, 'ref_bai')
    for (const voter of people)
      must(await vote(app, cycle.id, voter, [(await marksOf(cycle.id, village))[0] as string]))
  }
  expect(await told(cycle.id, 'link')).toMatchObject([
    { project: 1 },
    { link: 'ref_bai', votes: 11, of: 21 },
    { link: 'ref_bai', votes: 10, of: 10 },
  ])
  expect((await told(cycle.id, 'link'))[1]).not.toHaveProperty('project')
})

test('a paper handed out, or an account that was there before the vote was announced, takes a vote off its link', async () => {
  const cycle = await smallCycle(app, 'off', [[1_000_000]])
  await openVoting(app, cycle.id)
  const [village] = cycle.villages as [number]
  const people = await voters(app, cycle.id, village, 11)
  await come(people, 'ref_bai')
  for (const voter of people) must(await vote(app, cycle.id, voter, ['a1']))
  expect(await told(cycle.id, 'link')).toMatchObject([{ votes: 11, of: 11 }])
  must(await markPaper(app, { cycle: cycle.id, territory: village }, 1, HELPER))
  expect(await told(cycle.id, 'link')).toMatchObject([{ votes: 10, of: 10 }])
  const { account } = people.at(-1) as Voter
  await unguarded(
    app.db,
    (sql) => sql`update account set created_at = now() - interval '3 days' where id = ${account}`,
  )
  expect(await told(cycle.id, 'link')).toEqual([])
})

test('accounts with as many people as one may hold are told where most votes of a village are theirs', async () => {
  const cycle = await smallCycle(app, 'full', [[1_000_000], [2_000_000]])
  await openVoting(app, cycle.id)
  const [village, pairs] = cycle.villages as [number, number]
  const threes = await voters(app, cycle.id, village, 12, (_, at) => 5_000_000 + Math.floor(at / 3))
  for (const voter of threes.slice(0, 11)) must(await vote(app, cycle.id, voter, ['a1']))
  // The fourth account has voted for two of its three.
  expect(await told(cycle.id, 'full-accounts')).toEqual([])
  must(await vote(app, cycle.id, threes[11] as Voter, ['a1']))
  for (const voter of await voters(app, cycle.id, village, 11)) must(await vote(app, cycle.id, voter, ['a1']))
  // A family of two on one phone is no full account, however many there are.
  for (const voter of await voters(app, cycle.id, pairs, 12, (_, at) => 6_000_000 + Math.floor(at / 2)))
    must(await vote(app, cycle.id, voter, ['b1']))
  expect(await told(cycle.id, 'full-accounts')).toEqual([
    { kind: 'full-accounts', name: everywhere('full 1'), accounts: 4, people: 3, votes: 12, of: 23 },
  ])
  const { lines } = await desk.types('signals --cycle full')
  expect(lines.join('\n')).not.toMatch(/[56]00000\d/)
  for (const voter of await voters(app, cycle.id, village, 1)) must(await vote(app, cycle.id, voter, ['a1']))
  expect(await told(cycle.id, 'full-accounts')).toEqual([])
})

test('where an account holds one person, nobody’s account is full', async () => {
  const cycle = await smallCycle(app, 'single', [[1_000_000]])
  await unguarded(app.db, (sql) => sql`update cycle set max_people = 1 where id = ${cycle.id}`)
  await openVoting(app, cycle.id)
  const [village] = cycle.villages as [number]
  for (const voter of await voters(app, cycle.id, village, 12)) must(await vote(app, cycle.id, voter, ['a1']))
  expect(await told(cycle.id, 'full-accounts')).toEqual([])
})
