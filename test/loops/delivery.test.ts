// Notices on their way: several at once under one pace, receipts first, and whatever is wrong with one stops none of the others.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noticeScreen } from '../../src/bot/notice/view.ts'
import { createDelivery, deliverOnce, startDelivery } from '../../src/loops/delivery.ts'
import type { Someone } from '../sandbox/room.ts'
import { type Notices, openNotices, RECEIPT, RESULTS_TEXT } from '../support/notices.ts'
import { signal } from '../support/signal.ts'
import { asOwner } from '../support/database.ts'

let stage: Notices
beforeAll(async () => {
  stage = await openNotices()
})
beforeEach(() => stage.clear())
afterAll(() => stage.close())

test('thirty notices are on their way several at a time; a receipt queued behind them goes before all that were not', async () => {
  const { parts, people, queue, got, around } = stage
  const all = await people(30)
  const [hasty] = (await people(1)) as [Someone]
  for (const person of all) await queue(person)
  const begun: number[] = []
  const answer = signal()
  let [sending, most] = [0, 0]
  const api = around(async (chat, call) => {
    begun.push(chat)
    most = Math.max(most, ++sending)
    // Telegram answers nobody until all places are taken and the receipt waits behind the others.
    if (begun.length === 8) void queue(hasty, RECEIPT).then(() => answer.give())
    await answer.given
    return call().finally(() => sending--)
  })
  const delivery = createDelivery({ ...parts, api, inFlight: 8 })
  while ((await delivery.round()) > 0);
  await delivery.idle()
  expect(await got([...all, hasty])).toEqual(Array(31).fill(1))
  expect(most).toBe(8)
  expect(begun.indexOf(hasty.id)).toBe(8)
})

test('no second holds more messages than the pace allows, with two replicas at work', async () => {
  const { parts, people, queue, got, turns } = stage
  const all = await people(24)
  for (const person of all) await queue(person)
  const replicas = [1, 2].map(() => createDelivery({ ...parts, pace: 10 }))
  await Promise.all(
    replicas.map(async (one) => {
      while ((await one.round()) > 0);
      await one.idle()
    }),
  )
  expect(await got(all)).toEqual(Array(24).fill(1))
  const at = turns.toSorted((a, b) => a - b)
  expect(at.length).toBeGreaterThanOrEqual(24)
  for (let n = 10; n < at.length; n++)
    expect((at[n] as number) - (at[n - 10] as number)).toBeGreaterThan(1000)
})

test('a kind that this replica does not know waits for one that does, and stops nothing', async () => {
  const { app, parts, people, queue, texts, got, stateOf } = stage
  const [newer, ...others] = (await people(4)) as [Someone, Someone, Someone, Someone]
  await queue(newer)
  await asOwner(app.db, (sql) => sql`update delivery set kind = 'greeting', lane = 0`)
  for (const person of others) await queue(person)
  await deliverOnce(parts)
  expect(await got(others)).toEqual([1, 1, 1])
  expect([await stateOf(newer), await texts(newer)]).toEqual(['pending', []])
  await asOwner(app.db, (sql) => sql`update delivery set kind = 'results' where kind = 'greeting'`)
  await deliverOnce(parts)
  expect(await texts(newer)).toEqual([RESULTS_TEXT])
})

test('facts that nobody can read are set aside and told by kind and number alone; the others arrive', async () => {
  const { app, parts, lines, people, queue, got, stateOf } = stage
  const [broken, ...others] = (await people(3)) as [Someone, Someone, Someone]
  for (const person of [broken, ...others]) await queue(person)
  await asOwner(
    app.db,
    (sql) => sql`update delivery set facts = '{"cycle": "canary"}' where account = ${broken.id}`,
  )
  await deliverOnce(parts)
  expect(await got([broken, ...others])).toEqual([0, 1, 1])
  expect(await stateOf(broken)).toBe('set-aside')
  const [{ id } = { id: 0 }] = await app.db.sql<
    { id: number }[]
  >`select id from delivery where account = ${broken.id}`
  const told = lines.filter((line) => line.includes('a notice cannot be read'))
  expect(told.map((line) => JSON.parse(line) as object)).toMatchObject([{ delivery: id, kind: 'results' }])
  expect(lines.join()).not.toContain('canary')
})

test('a view that throws costs its own message and no other', async () => {
  const { parts, lines, people, queue, got, stateOf } = stage
  const [unlucky, ...others] = (await people(3)) as [Someone, Someone, Someone]
  await queue(unlucky, RECEIPT)
  for (const person of others) await queue(person)
  const screenOf: typeof noticeScreen = (texts, notice, place) => {
    if (notice.kind === 'receipt') throw new Error('canary')
    return noticeScreen(texts, notice, place)
  }
  await deliverOnce({ ...parts, screenOf })
  expect(await got([unlucky, ...others])).toEqual([0, 1, 1])
  expect(await stateOf(unlucky)).toBe('set-aside')
  expect(lines.join()).not.toContain('canary')
})

test('an answer that does not come keeps one place; the others arrive meanwhile, and it is not sent twice', async () => {
  const { parts, people, queue, texts, got, stateOf, around } = stage
  const [slow, ...others] = (await people(13)) as [Someone, ...Someone[]]
  await queue(slow)
  for (const person of others) await queue(person)
  const answer = signal()
  const api = around(async (chat, call) => {
    const sent = await call()
    if (chat === slow.id) await answer.given
    return sent
  })
  const loop = startDelivery({ ...parts, api, inFlight: 2 })
  try {
    await expect.poll(() => got(others)).toEqual(Array(12).fill(1))
    expect(await stateOf(slow)).toBe('sending')
    const [afterwards] = (await people(1)) as [Someone]
    await queue(afterwards)
    await expect.poll(() => texts(afterwards)).toEqual([RESULTS_TEXT])
    expect(await stateOf(slow)).toBe('sending')
  } finally {
    answer.give()
    await loop.stop()
  }
  expect([await stateOf(slow), await texts(slow)]).toEqual(['sent', [RESULTS_TEXT]])
})

test('a 429 of one message delays, and eats nothing', async () => {
  const { parts, people, queue, got, stateOf, fault, pass } = stage
  const all = await people(12)
  for (const person of all) await queue(person)
  await fault({ kind: '429', retry_after: 40, chat_id: String(all[3]?.id) })
  const delivery = createDelivery(parts)
  while ((await delivery.round()) > 0);
  await delivery.idle()
  const states = await Promise.all(all.map(stateOf))
  expect(new Set(states)).toEqual(new Set(['sent', 'pending']))
  await pass(41)
  while ((await delivery.round()) > 0);
  await delivery.idle()
  expect(await got(all)).toEqual(Array(12).fill(1))
})

test.each(['500', 'drop-reply'])(
  '%s: whether it arrived is not known, so it is not sent again',
  async (kind) => {
    const { parts, people, queue, got, stateOf, fault, heard } = stage
    const [first, second] = (await people(2)) as [Someone, Someone]
    for (const person of [first, second]) await queue(person)
    await fault({ kind, chat_id: String(first.id) })
    await deliverOnce(parts)
    await deliverOnce(parts)
    expect(await stateOf(first)).toBe('sending')
    expect((await heard()).filter((id) => id === first.id)).toHaveLength(1)
    expect(await got([second])).toEqual([1])
  },
)
