// Messages that wait: which goes first, who may claim it, and an announcement that is paused, resumed, cancelled.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Notice, NOTICE_KINDS } from '../../src/core/notice.ts'
import {
  cancelAnnouncement,
  claimDeliveries,
  enqueue,
  markDeliveries,
  pauseAnnouncement,
  putOff,
  resumeAnnouncement,
} from '../../src/store/deliveries.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { asOwner } from '../support/database.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('deliveries')
})
beforeEach(async () => {
  await app.db.sql`delete from delivery`
})
afterAll(() => app.done())

const RESULTS: Notice = { kind: 'results', cycle: 1, territory: 1 }
const RECEIPT: Notice = {
  kind: 'receipt',
  ballot: '01890a5d-ac96-774b-bcce-b302099a8057',
  receipt: '12345678901234',
  at: '2026-11-07T04:00:00.000Z',
}
const queue = (account: number, notice: Notice, announcement?: number) =>
  enqueue(app.db, notice, {
    account,
    dedupe: `${notice.kind}:${account}`,
    ...(announcement === undefined ? {} : { announcement }),
  })
/** Claims one by one, as the loop does: whose messages they were, in the order of claiming. */
const claimed = async (kinds: readonly string[] = NOTICE_KINDS): Promise<number[]> => {
  const accounts: number[] = []
  for (;;) {
    const [one] = await claimDeliveries(app.db, kinds, 1)
    if (!one) return accounts
    accounts.push(one.account)
  }
}
const states = async () =>
  (await app.db.sql<{ state: string }[]>`select state from delivery order by id`).map(({ state }) => state)

test('receipts go before notices, notices before announcements, each in its order', async () => {
  for (const account of [1, 2]) await queue(account, RESULTS)
  for (const account of [3, 4]) await queue(account, { ...RESULTS, kind: 'extended', closesAt: RECEIPT.at })
  await asOwner(app.db, (sql) => sql`update delivery set lane = 2 where account <= 2`)
  for (const account of [5, 6]) await queue(account, RECEIPT)
  await app.db.sql`update delivery set due_at = now() - interval '1 hour' where account = 6`
  expect(await claimed()).toEqual([6, 5, 3, 4, 1, 2])
})

test('a message that is not due yet holds nobody up', async () => {
  for (const account of [1, 2]) await queue(account, RECEIPT)
  await queue(3, RESULTS)
  await app.db.sql`update delivery set due_at = now() + interval '1 hour' where account = 1`
  expect(await claimed()).toEqual([2, 3])
})

test('a kind that a replica does not know is left to one that does', async () => {
  await queue(1, RESULTS)
  await asOwner(app.db, (sql) => sql`update delivery set kind = 'greeting', lane = 0`)
  await queue(2, RESULTS)
  expect(await claimed()).toEqual([2])
  expect(await states()).toEqual(['pending', 'sending'])
  expect(await claimed([...NOTICE_KINDS, 'greeting'])).toEqual([1])
})

test('many that claim at once never claim the same message', async () => {
  for (let account = 1; account <= 40; account++) await queue(account, RESULTS)
  const all = await Promise.all(Array.from({ length: 8 }, () => claimed()))
  expect(all.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
})

test('a paused announcement waits, the others do not; resumed, it goes on at its time', async () => {
  for (const account of [1, 2, 3]) await queue(account, RESULTS, 7)
  await queue(4, RESULTS, 8)
  await queue(5, RESULTS)
  await app.db.sql`update delivery set due_at = now() + interval '1 hour' where account = 3`
  expect(await pauseAnnouncement(app.db, 7)).toBe(3)
  expect(await claimed()).toEqual([4, 5])
  expect(await resumeAnnouncement(app.db, 7)).toBe(3)
  expect(await claimed()).toEqual([1, 2])
  expect(await states()).toEqual(['sending', 'sending', 'pending', 'sending', 'sending'])
})

test.each([
  ['paused', pauseAnnouncement],
  ['cancelled', cancelAnnouncement],
] as const)(
  'a message on its way that must wait after all is %s with its announcement',
  async (state, act) => {
    for (const account of [1, 2]) await queue(account, RESULTS, 7)
    const [onItsWay] = await claimDeliveries(app.db, NOTICE_KINDS, 1)
    await act(app.db, 7)
    expect(await states()).toEqual(['sending', state])
    await putOff(app.db, onItsWay?.id as number, 0)
    expect(await states()).toEqual([state, state])
    expect(await claimed()).toEqual([])
  },
)

test('paused while a message is on its way, resumed before it must wait: it waits like any other', async () => {
  await queue(1, RESULTS, 7)
  const [onItsWay] = await claimDeliveries(app.db, NOTICE_KINDS, 1)
  await pauseAnnouncement(app.db, 7)
  await resumeAnnouncement(app.db, 7)
  await putOff(app.db, onItsWay?.id as number, 0)
  expect(await claimed()).toEqual([1])
})

test('what was cancelled, paused or not, is not resumed, and what was sent stays sent', async () => {
  for (const account of [1, 2]) await queue(account, RESULTS, 7)
  const [first] = await claimDeliveries(app.db, NOTICE_KINDS, 1)
  await markDeliveries(app.db, [{ id: first?.id as number, outcome: 'sent', messageId: 99 }])
  await pauseAnnouncement(app.db, 7)
  expect(await cancelAnnouncement(app.db, 7)).toBe(1)
  expect(await resumeAnnouncement(app.db, 7)).toBe(0)
  expect(await pauseAnnouncement(app.db, 7)).toBe(0)
  expect(await states()).toEqual(['sent', 'cancelled'])
})
