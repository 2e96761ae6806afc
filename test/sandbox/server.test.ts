// The server around it all: the page, foreign pages, what survives a restart, and a real client library.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Bot, InputFile } from 'grammy'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Room } from './room.ts'
import { openRoom } from './room.ts'

let room: Room
beforeEach(async () => {
  room = await openRoom()
})
afterEach(() => room.close())

/** A request with headers fetch would not let us set; resolves to the status. */
function status(path: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${room.sandbox.url}${path}`, { method, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}

describe('who may use the control API', () => {
  test('our own page and tools may', async () => {
    const { host } = new URL(room.sandbox.url)
    expect(await status('/control/state', {})).toBe(200)
    expect(await status('/control/state', { origin: `http://${host}` })).toBe(200)
  })

  test.each([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page of another port here', { origin: 'http://127.0.0.1:1' }],
    ['a name rebound to this machine', { host: 'evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a picture on another site', { 'sec-fetch-site': 'cross-site' }],
  ])('%s may not', async (_, headers) => {
    expect(await status('/control/state', headers)).toBe(403)
    expect(await status('/control/people', headers, 'POST')).toBe(403)
  })

  test('what is not JSON, too long or unknown is refused with a reason', async () => {
    const post = (path: string, body: string) =>
      fetch(`${room.sandbox.url}/control/${path}`, { method: 'POST', body })
    expect((await post('people', '{')).status).toBe(400)
    expect((await post('people', JSON.stringify({ first_name: 'a'.repeat(2 << 20) }))).status).toBe(413)
    expect((await post('nothing', '{}')).status).toBe(404)
  })
})

describe('the page', () => {
  test.each([
    '/../start.ts',
    '/%2e%2e/start.ts',
    '/..%2fstart.ts',
    '/.hidden.js',
    '/page//etc/passwd',
    '/control.ts',
  ])('%s is not served', async (path) => {
    expect(await status(path, {})).toBe(404)
  })
})

test('calls work as GET, as a form and as JSON', async () => {
  const { url, token } = room.sandbox
  const { id } = await room.person('Ann').then(async (ann) => {
    await ann.says('/start')
    return ann
  })
  const query = new URLSearchParams({
    chat_id: String(id),
    text: 'a & b',
    reply_markup: '{"keyboard":[["x"]]}',
  })
  const send = `${url}/bot${token}/SENDMESSAGE`
  for (const call of [fetch(`${send}?${query}`), fetch(send, { method: 'POST', body: query })])
    expect(await (await call).json()).toMatchObject({ ok: true, result: { text: 'a & b' } })
})

test('people, chats, files and numbers go on after a restart', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sandbox-'))
  try {
    const before = await openRoom({ dir })
    const ann = await before.person('Ann', { language_code: 'kk' })
    const photo = Buffer.alloc(64)
    photo.writeUInt32BE(0x89504e47, 0)
    photo.writeUInt32BE(10, 16)
    photo.writeUInt32BE(10, 20)
    await ann.sends({ photo: photo.toString('base64') })
    await before.does('sendMessage', { chat_id: ann.id, text: 'hello' })
    const { messages, version } = await ann.sees()
    const last = await ann.says('unread')
    await before.close()

    const after = await openRoom({ dir })
    expect(after.sandbox.token).toBe(before.sandbox.token)
    const chat = await after.control('GET', `people/${ann.id}/chat`)
    expect(chat.messages.slice(0, 2)).toEqual(messages)
    expect(chat.version).toBeGreaterThanOrEqual(version)
    expect((await fetch(after.sandbox.url + chat.messages[0].photo.url)).status).toBe(200)
    const waiting = await after.updates()
    expect(waiting.map((u) => u.update_id)).toContain(last.update_id)
    const next = await after.control('POST', `people/${ann.id}/send`, { text: 'again' })
    expect(next).toEqual({ message_id: last.message_id + 1, update_id: last.update_id + 1 })
    const edited = { chat_id: ann.id, message_id: messages[1].message_id, text: 'edited later' }
    expect(await after.does('editMessageText', edited)).toMatchObject({ text: 'edited later' })
    await after.close()
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
})

test.each([
  ['a cut file', '{"version":2,"tok', 'is cut short or spoilt'],
  [
    'another version',
    '{"version":1,"token":"1:x","chats":[]}',
    'is of version 1, and this program reads version',
  ],
  ['something else', '["a"]', 'is no snapshot of a sandbox'],
])('%s in the folder stops the start with its path and the way out', async (_, content, why) => {
  const dir = await mkdtemp(join(tmpdir(), 'sandbox-'))
  try {
    const path = join(dir, 'sandbox.json')
    await writeFile(path, content)
    const started = await openRoom({ dir }).then(
      () => 'started',
      (error: Error) => error.message,
    )
    expect(started).toContain(`${path} ${why}`)
    expect(started).toContain('delete this file')
    expect(await readFile(path, 'utf8')).toBe(content)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
})

test('a bot written with grammY talks with a person through it', async () => {
  const bot = new Bot(room.sandbox.token, { client: { apiRoot: room.sandbox.url } })
  const photo = Buffer.alloc(64)
  photo.writeUInt32BE(0x89504e47, 0)
  photo.writeUInt32BE(30, 16)
  photo.writeUInt32BE(20, 20)
  bot.command('start', (ctx) =>
    ctx.replyWithPhoto(new InputFile(photo, 'well.png'), {
      caption: `Hello <b>${ctx.match}</b>`,
      parse_mode: 'HTML',
      reply_markup: { inline_keyboard: [[{ text: 'Vote', callback_data: 'v' }]] },
    }),
  )
  bot.callbackQuery('v', async (ctx) => {
    await ctx.answerCallbackQuery({ text: 'Thank you' })
    await ctx.editMessageCaption({ caption: 'Voted' })
  })
  const running = bot.start()
  try {
    const ann = await room.person('Ann')
    const until = async (check: (seen: { messages: { caption?: string }[]; version: number }) => boolean) => {
      let seen = await ann.sees()
      while (!check(seen)) seen = await ann.sees(`?after=${seen.version}&timeout=5000`)
      return seen
    }
    await ann.says('/start v_1')
    await until((seen) => seen.messages.at(-1)?.caption === 'Hello v_1')
    await ann.presses('Vote')
    const seen = await until((s) => s.messages.at(-1)?.caption === 'Voted')
    expect(seen.alerts).toMatchObject([{ text: 'Thank you', show_alert: false }])
  } finally {
    await bot.stop()
    await running
  }
})
