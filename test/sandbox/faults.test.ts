// Faults on demand: what the bot meets on a bad day.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
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
const fault = (what: object) => room.control('POST', 'faults', what)
const say = (text: string) => room.bot('sendMessage', { chat_id: ann.id, text })
const seen = async () => (await ann.sees()).messages.slice(1).map((m: { text: string }) => m.text)

test('429 carries the seconds to wait and goes after its turns', async () => {
  await fault({ method: 'sendMessage', kind: '429', retry_after: 7, times: 2 })
  const refusal = {
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  }
  expect(await say('a')).toEqual(refusal)
  expect(await say('a')).toEqual(refusal)
  expect(await say('a')).toMatchObject({ ok: true })
  expect(await seen()).toEqual(['a'])
})

test('a fault can be meant for one chat and one method', async () => {
  const bob = await room.person('Bob')
  await bob.says('/start')
  await fault({ method: 'sendMessage', chat_id: bob.id, kind: '403' })
  expect((await say('a')).ok).toBe(true)
  expect(await room.bot('sendMessage', { chat_id: bob.id, text: 'a' })).toMatchObject({
    error_code: 403,
    description: 'Forbidden: bot was blocked by the user',
  })
})

test('500 is JSON, 502 is the page of a proxy', async () => {
  await fault({ kind: '500' })
  expect(await say('a')).toMatchObject({ ok: false, error_code: 500 })
  await fault({ kind: '502' })
  const { url, token } = room.sandbox
  const answer = await fetch(`${url}/bot${token}/getMe`)
  expect([answer.status, (await answer.text()).startsWith('<html>')]).toEqual([502, true])
})

describe('a dropped connection', () => {
  test('after the call: the message is there though the bot never hears of it', async () => {
    await fault({ kind: 'drop-reply' })
    await expect(say('a')).rejects.toThrow()
    expect(await seen()).toEqual(['a'])
  })

  test('before the call: nothing happened', async () => {
    await fault({ kind: 'drop-request' })
    await expect(say('a')).rejects.toThrow()
    expect(await seen()).toEqual([])
  })
})

test('a delay slows a call down; times 0 lasts until the faults are cleared', async () => {
  await fault({ kind: 'delay', ms: 120, times: 0 })
  for (const text of ['a', 'b']) {
    const started = Date.now()
    await say(text)
    expect(Date.now() - started).toBeGreaterThanOrEqual(110)
  }
  await room.control('DELETE', 'faults')
  expect(await room.control('GET', 'faults')).toEqual([])
})

test('an unknown kind is refused, and calls are listed with what became of them', async () => {
  expect((await fault({ kind: 'earthquake' })).error).toContain('drop-reply')
  await fault({ kind: '500' })
  await say('a')
  await say('b')
  const calls = await room.control('GET', 'calls')
  expect(calls).toMatchObject([
    { n: 1, method: 'sendMessage', params: { text: 'a' }, ok: false, error_code: 500, fault: '500' },
    { n: 2, method: 'sendMessage', params: { text: 'b' }, ok: true },
  ])
  expect(await room.control('GET', 'calls?after=1')).toHaveLength(1)
  expect((await room.control('GET', 'stats')).calls).toEqual({ sendMessage: 2 })
})
