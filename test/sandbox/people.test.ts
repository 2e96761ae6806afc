// What people do: writing, sharing, pressing, editing; and the updates the bot gets of it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

let room: Room
let ann: Someone
beforeEach(async () => {
  room = await openRoom()
  ann = await room.person('Ann', { language_code: 'kk', username: 'ann' })
})
afterEach(() => room.close())
const say = (text: string, more: object = {}) => room.does('sendMessage', { chat_id: ann.id, text, ...more })
const button = (text: string, data: string) => ({ inline_keyboard: [[{ text, callback_data: data }]] })

describe('sending', () => {
  test('a deep link arrives as a command with its argument, from a person with a language', async () => {
    const sent = await ann.says('/start v_abc')
    const [update] = await room.updates()
    expect(update).toMatchObject({
      update_id: sent.update_id,
      message: {
        message_id: sent.message_id,
        from: { id: ann.id, is_bot: false, first_name: 'Ann', username: 'ann', language_code: 'kk' },
        chat: { id: ann.id, type: 'private', first_name: 'Ann', username: 'ann' },
        text: '/start v_abc',
        entities: [{ type: 'bot_command', offset: 0, length: 6 }],
      },
    })
  })

  test("one's own contact carries one's own id; a typed one carries what it is given", async () => {
    await ann.sends({ contact: 'own', phone_number: '+77011234567' })
    await ann.sends({
      contact: { phone_number: '+77010000000', first_name: 'Bob', user_id: 5 },
      forward: true,
    })
    const [own, other] = (await room.updates()).map((u) => u.message)
    expect(own.contact).toEqual({ phone_number: '+77011234567', first_name: 'Ann', user_id: ann.id })
    expect(other.contact.user_id).toBe(5)
    expect(other.forward_origin).toMatchObject({ type: 'hidden_user' })
  })

  test('a place, a voice, a document and a sticker arrive in their shapes', async () => {
    await ann.sends({ location: { latitude: 50.4, longitude: 80.2 } })
    await ann.sends({ voice: Buffer.from('ogg').toString('base64'), duration: 7 })
    await ann.sends({ document: Buffer.from('a,b').toString('base64'), file_name: 'list.csv' })
    await ann.sends({ sticker: '👍' })
    const [place, voice, document, sticker] = (await room.updates()).map((u) => u.message)
    expect(place.location).toEqual({ latitude: 50.4, longitude: 80.2 })
    expect(voice.voice).toMatchObject({ duration: 7, mime_type: 'audio/ogg' })
    expect(document.document).toMatchObject({ file_name: 'list.csv', file_size: 3 })
    expect(sticker.sticker.emoji).toBe('👍')
  })

  test('an edit arrives as edited_message with the new words', async () => {
    const { message_id } = await ann.says('well')
    await ann.act('edit', { message_id, text: 'a well' })
    const edited = (await room.updates())[1].edited_message
    expect(edited).toMatchObject({ message_id, text: 'a well', edit_date: expect.any(Number) })
  })

  test('nothing, or nobody, is refused plainly', async () => {
    expect((await ann.sends({})).error).toContain('nothing to send')
    expect((await ann.sends({ text: 'a'.repeat(4097) })).error).toContain('4096')
    expect(await room.control('POST', 'people/42/send', { text: 'x' })).toEqual({ error: 'no such person' })
  })
})

describe('pressing', () => {
  beforeEach(() => ann.says('/start'))

  test('the newest button of a label is pressed, and the query carries its message as it stands', async () => {
    await say('old', { reply_markup: button('Vote', 'old') })
    const shown = await say('Choose', { reply_markup: button('Vote', 'v1:new') })
    await room.updates()
    const pressed = await ann.presses('Vote')
    const [{ callback_query }] = await room.updates()
    expect(pressed).toMatchObject({ kind: 'callback', message_id: shown.message_id })
    expect(callback_query).toMatchObject({
      id: pressed.callback_query_id,
      from: { id: ann.id, language_code: 'kk' },
      message: { message_id: shown.message_id, text: 'Choose', reply_markup: button('Vote', 'v1:new') },
      chat_instance: expect.stringMatching(/^-?\d+$/),
      data: 'v1:new',
    })
  })

  test('a button that is not there cannot be pressed', async () => {
    expect(await ann.presses('Nowhere')).toEqual({ error: 'no button "Nowhere" is visible' })
  })

  test('an answer shows as an alert once; a second or a late answer is too old', async () => {
    await say('x', { reply_markup: button('A', 'a') })
    const late = 'Bad Request: query is too old and response timeout expired or query ID is invalid'
    const first = (await ann.presses('A')).callback_query_id
    expect((await ann.sees()).open_callbacks).toBe(1)
    const answer = { callback_query_id: first, text: 'Counted', show_alert: true }
    expect((await room.bot('answerCallbackQuery', { ...answer, text: 'a'.repeat(201) })).description).toBe(
      'Bad Request: MESSAGE_TOO_LONG',
    )
    await room.does('answerCallbackQuery', answer)
    expect(await ann.sees()).toMatchObject({
      open_callbacks: 0,
      alerts: [{ id: first, text: 'Counted', show_alert: true }],
    })
    expect((await room.bot('answerCallbackQuery', answer)).description).toBe(late)
    const second = (await ann.presses('A')).callback_query_id
    await room.control('POST', 'clock', { advance_ms: 151_000 })
    expect((await room.bot('answerCallbackQuery', { callback_query_id: second })).description).toBe(late)
    expect((await ann.sees()).open_callbacks).toBe(0)
  })

  test('a changed client can send data no button carries, even under a deleted message', async () => {
    const { message_id } = await say('x', { reply_markup: button('A', 'a') })
    await room.does('deleteMessage', { chat_id: ann.id, message_id })
    await room.updates()
    await ann.act('press-raw', { message_id, data: 'v1:admin' })
    const [{ callback_query }] = await room.updates()
    expect(callback_query).toMatchObject({ data: 'v1:admin', message: { message_id, date: 0 } })
  })
})

describe('the reply keyboard', () => {
  beforeEach(() => ann.says('/start'))
  const keyboard = { keyboard: [['Projects'], [{ text: 'My phone', request_contact: true }]] }

  test("its keys send text or one's own contact, until it is removed", async () => {
    await say('menu', { reply_markup: keyboard })
    expect((await ann.sees()).keyboard).toEqual([
      [{ text: 'Projects', kind: 'text' }],
      [{ text: 'My phone', kind: 'contact' }],
    ])
    await room.updates()
    await ann.presses('Projects')
    await ann.presses('My phone', { phone_number: '+77015554433' })
    const [words, contact] = (await room.updates()).map((u) => u.message)
    expect(words.text).toBe('Projects')
    expect(contact.contact).toMatchObject({ phone_number: '+77015554433', user_id: ann.id })
    await say('bye', { reply_markup: { remove_keyboard: true } })
    expect((await ann.sees()).keyboard).toBeUndefined()
  })

  test('a one-time keyboard folds away after a press', async () => {
    await say('menu', { reply_markup: { ...keyboard, one_time_keyboard: true } })
    await ann.presses('Projects')
    expect((await ann.sees()).keyboard).toBeUndefined()
  })

  test('a forced reply makes the next message a reply', async () => {
    const asked = await say('Why?', { reply_markup: { force_reply: true } })
    await room.updates()
    await ann.says('because')
    const [{ message }] = await room.updates()
    expect(message.reply_to_message).toMatchObject({ message_id: asked.message_id, text: 'Why?' })
  })
})

describe('watching a chat', () => {
  test('a watcher is woken by the next change and not before', async () => {
    await ann.says('/start')
    const { version } = await ann.sees()
    const started = Date.now()
    const watching = ann.sees(`?after=${version}&timeout=5000`)
    setTimeout(() => void say('hello'), 150)
    const seen = await watching
    expect(Date.now() - started).toBeGreaterThanOrEqual(140)
    expect(seen.version).toBeGreaterThan(version)
    expect(seen.messages.at(-1).text).toBe('hello')
  })

  test('a chat that changed already answers at once, and a quiet one when the time is over', async () => {
    await ann.says('/start')
    const { version } = await ann.sees('?after=0&timeout=5000')
    const same = await ann.sees(`?after=${version}&timeout=50`)
    expect(same.version).toBe(version)
  })

  test('events name the person whose chat changed', async () => {
    const stream = await fetch(`${room.sandbox.url}/control/events`)
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    await ann.says('/start')
    const got = new TextDecoder().decode((await reader.read()).value)
    expect(JSON.parse(got.replace('data: ', ''))).toEqual({ type: 'chat', person: ann.id, version: 1 })
    await reader.cancel()
  })
})

test('a person is made once by id, renamed on the second time, and keeps what they hold on paper', async () => {
  await room.control('POST', 'people', { id: 7, first_name: 'Asel' })
  await room.control('PUT', 'people/7/envelope', { lines: ['Card 0042', 'K7F3-9Q2M'] })
  await room.control('POST', 'people', { id: 7, first_name: 'Assel' })
  const { people, sandbox, bot } = await room.control('GET', 'state')
  expect(sandbox).toBe(true)
  expect(bot).toMatchObject({ first_name: 'Dauys' })
  expect(people.filter((p: { id: number }) => p.id === 7)).toEqual([
    { id: 7, first_name: 'Assel', envelope: ['Card 0042', 'K7F3-9Q2M'], started: false, blocked: false },
  ])
})
