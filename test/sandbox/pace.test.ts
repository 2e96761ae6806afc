// How fast the bot sends: the meter of a long run, Telegram's limits on request, a 429 that stays, faults made to measure.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPace } from '../../src/sandbox/pace.ts'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

let room: Room
let ann: Someone
beforeEach(async () => {
  room = await openRoom()
  ann = await room.person('Ann')
  await ann.says('/start')
})
afterEach(() => room.close())
const say = (chat_id = ann.id) => room.bot('sendMessage', { chat_id, text: 'x' })
const pass = (ms: number) => room.control('POST', 'clock', { advance_ms: ms })
const meter = (query = '') => room.control('GET', `meter${query}`)

test('the meter counts what was sent, by second and by chat; refusals and other calls are none', async () => {
  await room.control('DELETE', 'meter')
  const bob = await room.person('Bob')
  await bob.says('/start')
  await say()
  await say(bob.id)
  await say(404)
  await room.does('sendChatAction', { chat_id: ann.id, action: 'typing' })
  await pass(5000)
  await say()
  const all = await meter()
  expect(all).toMatchObject({ sends: 3, chats: 2, refused: 0, ignored: 0 })
  expect(all.most_in_a_second).toBe(2)
  expect(all.busiest).toContainEqual({
    chat: String(ann.id),
    sends: 2,
    most_in_a_second: 1,
    most_in_a_minute: 2,
  })
  expect(await meter(`?chat=${bob.id}`)).toMatchObject({ sends: 1, chats: 1 })
  expect(await meter(`?since=${all.first_at + 2000}`)).toMatchObject({ sends: 1 })
})

test('twenty thousand sends are all kept, and the busiest second is found between the seconds of the clock', () => {
  const pace = createPace()
  const told = { ok: true, value: {} } as const
  for (let n = 0; n < 20_000; n++) pace.note('sendMessage', { chat_id: n % 5000 }, told, 1_000_500 + n * 40)
  const report = pace.report({ top: 3 })
  expect(report).toMatchObject({ sends: 20_000, chats: 5000, most_in_a_second: 25 })
  expect(report.busiest).toHaveLength(3)
})

test('with the limits on, a burst to one chat is told to wait, and who does not is told again and counted', async () => {
  await room.control('PUT', 'limits', { on: true, chat_burst: 2, chat_per_second: 0.1 })
  expect([(await say()).ok, (await say()).ok]).toEqual([true, true])
  const refusal = {
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 10',
    parameters: { retry_after: 10 },
  }
  expect(await say()).toEqual(refusal)
  expect(await say()).toEqual(refusal)
  expect(await meter()).toMatchObject({ refused: 1, ignored: 1 })
  await pass(11_000)
  expect((await say()).ok).toBe(true)
})

test('a group takes twenty messages a minute', async () => {
  const group = await room.group(ann, { members: ['bot'] })
  await room.control('PUT', 'limits', { on: true, chat_burst: 100, per_second: 1000 })
  for (let n = 0; n < 20; n++) expect((await say(group.id)).ok).toBe(true)
  const refused = await say(group.id)
  expect(refused.error_code).toBe(429)
  expect(refused.parameters.retry_after).toBeGreaterThan(50)
  expect((await say()).ok).toBe(true)
  await pass(61_000)
  expect((await say(group.id)).ok).toBe(true)
})

test('all chats together take thirty a second', () => {
  const pace = createPace()
  pace.limits.on = true
  const told = { ok: true, value: {} } as const
  const sends = (chat_id: number, at: number) => {
    const refused = pace.refusal('sendMessage', { chat_id }, at)
    if (!refused) pace.note('sendMessage', { chat_id }, told, at)
    return refused
  }
  const start = 1_000_000
  const first = Array.from({ length: 30 }, (_, n) => sends(n + 1, start + n))
  expect(first.filter(Boolean)).toEqual([])
  expect(sends(31, start + 40)?.parameters).toEqual({ retry_after: 1 })
  expect(sends(32, start + 900)).toBeDefined()
  expect(sends(31, start + 1_041)).toBeUndefined()
})

test('a 429 that stays refuses until its time is over, whoever asks', async () => {
  await room.control('POST', 'faults', { kind: '429', method: 'sendMessage', retry_after: 9, stays: true })
  expect((await say()).parameters).toEqual({ retry_after: 9 })
  await pass(4000)
  expect((await say()).parameters).toEqual({ retry_after: 5 })
  expect((await meter()).ignored).toBe(1)
  await pass(5000)
  expect((await say()).ok).toBe(true)
})

test('a fault has the code, words and parameters that are wanted, on the call that is wanted', async () => {
  const parameters = { migrate_to_chat_id: -100 }
  await room.control('POST', 'faults', {
    kind: 'error',
    chat_id: ann.id,
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters,
    skip: 2,
  })
  expect([(await say()).ok, (await say()).ok]).toEqual([true, true])
  expect(await say()).toMatchObject({ error_code: 400, parameters })
  expect((await say()).ok).toBe(true)
  const description = 'Forbidden: user is deactivated'
  await room.control('POST', 'faults', { kind: '403', description })
  expect(await say()).toMatchObject({ error_code: 403, description })
  expect((await room.control('POST', 'faults', { kind: 'error' })).error).toContain('error_code')
})
