// getUpdates: offsets, long polling, conflicts, kinds, expiry and the delivery options.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

let room: Room
let ann: Someone
beforeEach(async () => {
  room = await openRoom()
  ann = await room.person('Ann')
})
afterEach(() => room.close())
const poll = (params: object = {}) => room.does('getUpdates', params)
const texts = (updates: { message: { text: string } }[]) => updates.map((u) => u.message.text)

describe('offsets', () => {
  test('ids rise by one, an update stays until a later offset acknowledges it', async () => {
    const first = (await ann.says('a')).update_id
    expect((await ann.says('b')).update_id).toBe(first + 1)
    expect(texts(await poll())).toEqual(['a', 'b'])
    expect(texts(await poll({ offset: first }))).toEqual(['a', 'b'])
    expect(texts(await poll({ offset: first + 1 }))).toEqual(['b'])
    expect(texts(await poll())).toEqual(['b'])
    expect(await room.control('GET', 'stats')).toMatchObject({
      updates_created: 2,
      updates_acknowledged: 1,
      pending: 1,
    })
  })

  test('a limit cuts the batch, a negative offset keeps only the end', async () => {
    for (const text of ['a', 'b', 'c']) await ann.says(text)
    expect(texts(await poll({ limit: 2 }))).toEqual(['a', 'b'])
    expect(texts(await poll({ offset: -1 }))).toEqual(['c'])
    expect(texts(await poll())).toEqual(['c'])
  })
})

test('an offset of another queue, far ahead of this one, takes nothing away', async () => {
  const { update_id } = await ann.says('a')
  expect(texts(await poll({ offset: update_id + 13 }))).toEqual(['a'])
  expect(texts(await poll())).toEqual(['a'])
  expect(await poll({ offset: update_id + 11 })).toEqual([])
  expect(await poll()).toEqual([])
})

describe('long polling', () => {
  test('a waiting poll gets the next update at once', async () => {
    const started = Date.now()
    const waiting = poll({ timeout: 20 })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await ann.says('a')
    expect(texts(await waiting)).toEqual(['a'])
    expect(Date.now() - started).toBeLessThan(5000)
  })

  test('a second poller ends the first with a conflict', async () => {
    const first = room.bot('getUpdates', { timeout: 20 })
    await new Promise((resolve) => setTimeout(resolve, 100))
    const second = room.bot('getUpdates', { timeout: 20 })
    expect(await first).toEqual({
      ok: false,
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    })
    await ann.says('a')
    expect((await second).ok).toBe(true)
  })

  test('an active webhook forbids polling, and switching back loses nothing', async () => {
    await room.does('setWebhook', { url: 'http://127.0.0.1:9/none' })
    await ann.says('a')
    expect(await room.bot('getUpdates')).toMatchObject({
      error_code: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    })
    await room.does('deleteWebhook')
    expect(texts(await poll())).toEqual(['a'])
  })
})

describe('kinds', () => {
  test('allowed_updates is remembered and left alone when it is not given', async () => {
    await poll({ allowed_updates: ['callback_query'] })
    expect((await ann.says('a')).update_id).toBeUndefined()
    await poll()
    expect((await ann.says('b')).update_id).toBeUndefined()
    await poll({ allowed_updates: [] })
    await ann.says('c')
    expect(texts(await poll())).toEqual(['c'])
  })

  test('a raw update is delivered as it is given, with an id of its own', async () => {
    const { update_id } = await room.control('POST', 'updates', {
      poll_answer: { poll_id: '1', option_ids: [0] },
    })
    expect(await poll()).toEqual([{ update_id, poll_answer: { poll_id: '1', option_ids: [0] } }])
  })
})

test('a press is kept 150 seconds and a message 24 hours', async () => {
  await ann.says('/start')
  await room.does('sendMessage', {
    chat_id: ann.id,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
  })
  await ann.presses('A')
  await room.control('POST', 'clock', { advance_ms: 149_000 })
  expect(await poll()).toHaveLength(2)
  await room.control('POST', 'clock', { advance_ms: 2000 })
  expect(texts(await poll())).toEqual(['/start'])
  await room.control('POST', 'clock', { advance_ms: 86_400_000 })
  expect(await poll()).toEqual([])
  expect(await room.control('GET', 'stats')).toMatchObject({ pending: 0, updates_expired: 2 })
})

describe('delivery on demand', () => {
  test('held updates wait for their release', async () => {
    await room.control('PUT', 'delivery', { hold: true })
    await ann.says('a')
    expect(await poll()).toEqual([])
    const waiting = poll({ timeout: 20 })
    await room.control('PUT', 'delivery', { hold: false })
    expect(texts(await waiting)).toEqual(['a'])
  })

  test('a duplicate comes again in the next batch although it was acknowledged', async () => {
    await room.control('PUT', 'delivery', { duplicate: 1 })
    const { update_id } = await ann.says('a')
    expect(texts(await poll())).toEqual(['a'])
    expect((await poll({ offset: update_id + 1 })).map((u: { update_id: number }) => u.update_id)).toEqual([
      update_id,
    ])
    expect(await poll({ offset: update_id + 1 })).toEqual([])
  })

  test('reorder turns a batch round', async () => {
    await room.control('PUT', 'delivery', { reorder: true })
    for (const text of ['a', 'b', 'c']) await ann.says(text)
    expect(texts(await poll())).toEqual(['c', 'b', 'a'])
  })
})
