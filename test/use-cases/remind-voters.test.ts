// Reminders of a vote: once each, three at most, none to whom has voted by the time it would go, and none at night.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NOTICE_KINDS } from '../../src/core/notice.ts'
import { afterQuiet } from '../../src/core/quiet.ts'
import { upsertAccount } from '../../src/store/accounts.ts'
import { claimMessages, sendable } from '../../src/use-cases/deliver.ts'
import { remindVoters } from '../../src/use-cases/remind-voters.ts'
import { type TestApp, testApp } from '../support/app.ts'
import {
  must,
  opened,
  openVoting,
  smallCycle,
  type SmallCycle,
  vote,
  type Voter,
  voters,
} from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

let app: TestApp
let cycle: SmallCycle
let people: Voter[]
beforeAll(async () => {
  app = await testApp('remind-voters')
  cycle = await smallCycle(app, 'reminded', [[100, 200]])
  await openVoting(app, cycle.id)
  const [territory] = cycle.villages as [number]
  people = await voters(app, cycle.id, territory, 4)
  for (const { account } of people)
    await upsertAccount(app.db, account, { home: { cycle: cycle.id, territory } })
  for (const one of people) await opened(app, cycle.id, one)
})
afterAll(() => app.done())

const hoursAgo = (hours: number) =>
  unguarded(
    app.db,
    (sql) => sql`update opened_ballot set at = clock_timestamp() - make_interval(hours => ${hours})`,
  )
const queued = async () =>
  (
    await app.db.sql<
      { account: number }[]
    >`select account from delivery where kind = 'reminder' order by account`
  ).map(({ account }) => account)
const claimed = async (kinds: readonly string[] = NOTICE_KINDS) =>
  (await claimMessages(app, kinds, 50)).messages.map(({ account }) => account).toSorted((a, b) => a - b)

test('after two hours each is reminded once; whoever votes before the message is claimed is not', async () => {
  const [first, second, ...others] = people as [Voter, Voter, ...Voter[]]
  must(await vote(app, cycle.id, first, ['a1']))
  await remindVoters(app)
  expect(await queued(), 'not before two hours').toEqual([])
  await hoursAgo(3)
  await Promise.all([remindVoters(app), remindVoters(app)])
  expect(await queued()).toEqual([second, ...others].map(({ account }) => account))
  must(await vote(app, cycle.id, second, ['a1']))
  expect(await claimed()).toEqual(others.map(({ account }) => account))
  const [row] = await app.db.sql<{ state: string }[]>`
    select state from delivery where account = ${second.account}`
  expect(row?.state).toBe('cancelled')
})

test('on the last day once more, and never a fourth', async () => {
  const [, , third] = people as [Voter, Voter, Voter, Voter]
  await unguarded(
    app.db,
    (sql) => sql`update phase_start set starts_at = clock_timestamp() + interval '5 hours'
      where cycle = ${cycle.id} and phase = 'counting'`,
  )
  await remindVoters(app)
  expect(await claimed()).toHaveLength(2)
  for (const n of [1, 2])
    await app.db.sql`
      insert into delivery (account, kind, lane, facts, dedupe)
      select account, kind, lane, facts, dedupe || ${`:${n}`}::text from delivery
      where account = ${third.account} and dedupe like 'reminder:last-day:%' and dedupe not like '%:1'`
  expect(await claimed(), 'a third, and no fourth').toEqual([third.account])
})

test('at night reminders and announcements wait, receipts do not', () => {
  const night = { ...app, quiet: afterQuiet, now: () => new Date('2026-11-07T22:00:00.000Z') }
  const kinds = sendable(night, NOTICE_KINDS, false)
  expect(kinds).not.toContain('reminder')
  expect(kinds).not.toContain('announcement')
  expect(kinds).toContain('receipt')
  expect(sendable(app, NOTICE_KINDS, true), 'in a pause of announcements').toEqual(kinds)
  expect(sendable(app, NOTICE_KINDS, false)).toEqual(NOTICE_KINDS)
})
