// The webhook: lanes, parallel connections, retries, secrets; against a bot of plain node:http.
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

interface Got {
  update_id: number
  what: string
  secret: string | undefined
  at: number
}
type Reply = { status: number; after?: number; headers?: Record<string, string>; body?: string }

let room: Room
let ann: Someone
let bob: Someone
let server: Server
let url: string
let got: Got[]
let running: Set<string>
let beside: string[]
let reply: (got: Got) => Reply

beforeEach(async () => {
  got = []
  running = new Set()
  beside = []
  reply = () => ({ status: 200 })
  room = await openRoom()
  ann = await room.person('Ann')
  bob = await room.person('Bob')
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const update = JSON.parse(body) as {
        update_id: number
        message?: { text: string }
        callback_query?: { data: string }
      }
      const what = update.message?.text ?? update.callback_query?.data ?? ''
      const secret = request.headers['x-telegram-bot-api-secret-token'] as string | undefined
      const one: Got = { update_id: update.update_id, what, secret, at: Date.now() }
      got.push(one)
      const { status, after = 0, headers = {}, body: answer } = reply(one)
      beside.push([...running].sort().join('+'))
      running.add(what)
      setTimeout(() => {
        running.delete(what)
        response.writeHead(status, headers).end(answer)
      }, after)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`
})
afterEach(async () => {
  await room.close()
  server.closeAllConnections()
  server.close()
})
const until = async (done: () => boolean | Promise<boolean>, ms = 8000) => {
  const end = Date.now() + ms
  while (!(await done())) {
    if (Date.now() > end) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
const quiet = () => until(async () => (await room.control('GET', 'stats')).pending === 0)
/** Lets what Ann and Bob say go at the same moment. */
const together = async (anns: string[], bobs: string[] = []) => {
  await room.control('PUT', 'delivery', { hold: true })
  for (const words of anns) await ann.says(words)
  for (const words of bobs) await bob.says(words)
  await room.control('PUT', 'delivery', { hold: false })
}
const what = () => got.map((g) => g.what)

test('updates made before come first, and each carries the secret', async () => {
  await ann.says('a')
  await room.does('setWebhook', { url, secret_token: 'S_1', max_connections: 10 })
  await ann.says('b')
  await quiet()
  expect(what()).toEqual(['a', 'b'])
  expect(got.map((g) => g.secret)).toEqual(['S_1', 'S_1'])
  expect(await room.does('getWebhookInfo')).toMatchObject({
    url,
    max_connections: 10,
    pending_update_count: 0,
  })
})

describe('lanes', () => {
  beforeEach(async () => {
    await ann.says('/start')
    await room.does('sendMessage', {
      chat_id: ann.id,
      text: 'x',
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'press' }]] },
    })
    await room.updates()
    reply = () => ({ status: 200, after: 150 })
  })

  test("one person's messages go one by one, another person's beside them", async () => {
    await room.does('setWebhook', { url })
    await together(['a1', 'a2'], ['b1'])
    await quiet()
    expect([beside[0], beside[1]]).toEqual(['', 'a1'])
    expect(what().slice(0, 2)).toEqual(['a1', 'b1'])
    expect(beside.filter((o) => o.includes('a1') && o.includes('a2'))).toEqual([])
    expect((got[2] as Got).at - (got[0] as Got).at).toBeGreaterThanOrEqual(140)
  })

  test('a press and a message of the same person arrive in parallel', async () => {
    await room.does('setWebhook', { url })
    await room.control('PUT', 'delivery', { hold: true })
    await ann.says('text')
    await ann.presses('A')
    await room.control('PUT', 'delivery', { hold: false })
    await until(() => got.length === 2)
    expect(beside[1]).toBe('text')
  })

  test('with one connection nothing beside', async () => {
    await room.does('setWebhook', { url, max_connections: 1 })
    await Promise.all([ann.says('a'), bob.says('b'), ann.presses('A')])
    await quiet()
    expect(beside).toEqual(['', '', ''])
  })

  test('"parallel" breaks the order of a lane on purpose', async () => {
    await room.control('PUT', 'delivery', { parallel: true })
    await room.does('setWebhook', { url })
    await together(['a1', 'a2'])
    await until(() => got.length === 2)
    expect(beside[1]).toBe('a1')
  })

  test('"duplicate" sends copies side by side with the same id', async () => {
    await room.control('PUT', 'delivery', { duplicate: 2 })
    await room.does('setWebhook', { url })
    await ann.says('a')
    await quiet()
    expect(what()).toEqual(['a', 'a', 'a'])
    expect(new Set(got.map((g) => g.update_id)).size).toBe(1)
    expect(beside[1]).toBe('a')
  })

  test('"hold" with "reorder" lets the newest go first', async () => {
    await room.control('PUT', 'delivery', { hold: true, reorder: true })
    await room.does('setWebhook', { url })
    for (const word of ['a', 'b', 'c']) await ann.says(word)
    expect(got).toEqual([])
    await room.control('PUT', 'delivery', { hold: false })
    await quiet()
    expect(what()).toEqual(['c', 'b', 'a'])
  })
})

describe('refusals of the bot', () => {
  test('503 is tried again, later and later, and the lane waits for it', async () => {
    let refusals = 3
    reply = () => ({ status: refusals-- > 0 ? 503 : 200 })
    await room.does('setWebhook', { url })
    await ann.says('a')
    await ann.says('b')
    await quiet()
    expect(what()).toEqual(['a', 'a', 'a', 'a', 'b'])
    const gaps = got.slice(1, 4).map((g, i) => g.at - (got[i] as Got).at)
    expect(gaps[0]).toBeGreaterThanOrEqual(90)
    expect(gaps[1]).toBeGreaterThanOrEqual(190)
    expect(gaps[2]).toBeGreaterThanOrEqual(390)
    expect((await room.does('getWebhookInfo')).last_error_message).toContain('503')
  })

  test('Retry-After is waited for; moving the clock brings the retry near', async () => {
    let first = true
    reply = () => {
      const again = first
      first = false
      return again ? { status: 503, headers: { 'retry-after': '60' } } : { status: 200 }
    }
    await room.does('setWebhook', { url })
    await ann.says('a')
    await until(() => got.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(got).toHaveLength(1)
    await room.control('POST', 'clock', { advance_ms: 61_000 })
    await quiet()
    expect(what()).toEqual(['a', 'a'])
  })

  test('an update whose time is over is given up', async () => {
    reply = () => ({ status: 503 })
    await room.does('setWebhook', { url })
    await ann.says('a')
    await until(() => got.length >= 1)
    await room.control('POST', 'clock', { advance_ms: 86_500_000 })
    expect(await room.control('GET', 'stats')).toMatchObject({
      pending: 0,
      updates_expired: 1,
      updates_acknowledged: 0,
    })
  })

  test('a bot that is away gets its updates when it is back', async () => {
    await room.does('setWebhook', { url: 'http://127.0.0.1:9/away' })
    await ann.says('a')
    await until(async () => (await room.does('getWebhookInfo')).last_error_message !== undefined)
    await room.control('POST', 'clock', { advance_ms: 1000 })
    await room.does('setWebhook', { url })
    await quiet()
    expect(what()).toEqual(['a'])
  })
})

describe('an answer that names a method', () => {
  const listed = async () =>
    (await room.control('GET', 'calls')).filter((c: { webhook_answer?: true }) => c.webhook_answer)

  test.each([
    ['application/json', JSON.stringify],
    [
      'application/x-www-form-urlencoded',
      (params: Record<string, string>) => `${new URLSearchParams(params)}`,
    ],
  ])('is played, as %s', async (type, write) => {
    const params = { method: 'sendMessage', chat_id: String(ann.id), text: 'a & b' }
    reply = () => ({ status: 200, headers: { 'content-type': type }, body: write(params) })
    await room.does('setWebhook', { url })
    await ann.says('/start')
    await quiet()
    expect((await ann.sees()).messages.at(-1)).toMatchObject({ from: 'bot', text: 'a & b' })
    expect(await listed()).toMatchObject([{ method: 'sendMessage', ok: true, params: { text: 'a & b' } }])
  })

  test('answers a press, so that it does not stay open', async () => {
    await ann.says('/start')
    const reply_markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }
    await room.does('sendMessage', { chat_id: ann.id, text: 'x', reply_markup })
    const { callback_query_id } = await ann.presses('A')
    const body = JSON.stringify({ method: 'answerCallbackQuery', callback_query_id, text: 'Thank you' })
    reply = ({ what }) =>
      what === 'a' ? { status: 200, headers: { 'content-type': 'application/json' }, body } : { status: 200 }
    await room.does('setWebhook', { url })
    await quiet()
    expect(await ann.sees()).toMatchObject({ open_callbacks: 0, alerts: [{ text: 'Thank you' }] })
  })

  test('is not played when it only asks or touches the webhook, and is listed all the same', async () => {
    const body = JSON.stringify({ method: 'deleteWebhook' })
    reply = () => ({ status: 200, headers: { 'content-type': 'application/json' }, body })
    await room.does('setWebhook', { url })
    await ann.says('/start')
    await quiet()
    expect((await room.does('getWebhookInfo')).url).toBe(url)
    expect(await listed()).toMatchObject([{ method: 'deleteWebhook', ok: false }])
  })

  test('is nothing when it names none', async () => {
    reply = () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' })
    await room.does('setWebhook', { url })
    await ann.says('/start')
    await quiet()
    expect(await listed()).toEqual([])
  })
})

test('a webhook set twice within a second is one too many; another URL or an empty one makes no difference to that', async () => {
  await room.does('setWebhook', { url })
  expect(await room.bot('setWebhook', { url: `${url}/2` })).toEqual({
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 1',
    parameters: { retry_after: 1 },
  })
  await room.does('deleteWebhook')
  expect((await room.bot('setWebhook', { url })).error_code).toBe(429)
  await room.control('POST', 'clock', { advance_ms: 1000 })
  await room.does('setWebhook', { url })
})

test('a webhook needs a URL', async () => {
  expect((await room.bot('setWebhook', { url: 'mailto:a@b.kz' })).description).toBe(
    'Bad Request: invalid webhook URL specified',
  )
})

test('a secret with unallowed characters is refused', async () => {
  expect((await room.bot('setWebhook', { url, secret_token: 'a b' })).description).toBe(
    'Bad Request: secret token contains unallowed characters',
  )
})
