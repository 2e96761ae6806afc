// What people send besides words: albums, films and sounds, places, polls, files that are too big to fetch; and what they refuse.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const bytes = Buffer.from('some bytes').toString('base64')

let room: Room
let ann: Someone
beforeEach(async () => {
  room = await openRoom()
  ann = await room.person('Ann')
  await ann.says('/start')
  await room.updates()
})
afterEach(() => room.close())
const messages = async () => (await room.updates()).map((update) => update.message)

test('an album is several messages with one group, in order', async () => {
  const album = [
    { photo: pixel, caption: 'the well' },
    { photo: pixel },
    { document: bytes, file_name: 'a.pdf' },
  ]
  const sent = await ann.sends({ album })
  const parts = await messages()
  expect(parts.map((part) => part.message_id)).toEqual(sent.message_ids)
  expect(new Set(parts.map((part) => part.media_group_id)).size).toBe(1)
  expect(parts[0]).toMatchObject({ caption: 'the well', photo: [{ width: 1 }] })
  expect(parts[2].document.file_name).toBe('a.pdf')
  expect((await ann.sends({ album: [{ photo: pixel }] })).error).toContain('2 to 10')
})

test('films, sounds, places, polls and dice arrive in their shapes', async () => {
  for (const kind of ['video', 'audio', 'animation', 'video_note', 'voice'])
    await ann.sends({ [kind]: bytes, duration: 4 })
  await ann.sends({ venue: { latitude: 50, longitude: 80, title: 'School', address: 'Abai 1' } })
  await ann.sends({ poll: { question: 'Where?', options: ['here', 'there'] } })
  await ann.sends({ dice: 3 })
  const [video, audio, animation, note, voice, venue, poll, dice] = await messages()
  expect(video.video).toMatchObject({ duration: 4, mime_type: 'video/mp4', file_id: expect.any(String) })
  expect(audio.audio).toMatchObject({ duration: 4 })
  expect(animation).toMatchObject({ animation: { duration: 4 }, document: { mime_type: 'video/mp4' } })
  expect(note.video_note).toMatchObject({ length: 384 })
  expect(voice.voice).toMatchObject({ mime_type: 'audio/ogg' })
  expect(venue).toMatchObject({ venue: { title: 'School' }, location: { latitude: 50 } })
  expect(poll.poll).toMatchObject({ question: 'Where?', options: [{ text: 'here' }, { text: 'there' }] })
  expect(dice.dice.value).toBe(3)
})

test('a file that pretends to be large cannot be fetched', async () => {
  await ann.sends({ document: bytes, file_name: 'plan.pdf', file_size: 25_000_000 })
  const [{ document }] = await messages()
  expect(document.file_size).toBe(25_000_000)
  expect((await room.bot('getFile', { file_id: document.file_id })).description).toBe(
    'Bad Request: file is too big',
  )
})

test('what a person deletes is gone, and no bot is told', async () => {
  const { message_id } = await ann.says('oops')
  await room.updates()
  await ann.act('delete', { message_id })
  expect(await room.updates()).toEqual([])
  const reply = { reply_parameters: { message_id } }
  expect((await room.bot('sendMessage', { chat_id: ann.id, text: 'x', ...reply })).description).toBe(
    'Bad Request: message to be replied not found',
  )
})

test('a reply quotes words that stand in its message exactly, and nothing else; so does a person', async () => {
  const { message_id } = await ann.says('Dark here. No lamp at all.')
  const quoting = (quote: string) =>
    room.bot('sendMessage', { chat_id: ann.id, text: 'where?', reply_parameters: { message_id, quote } })
  expect((await quoting('No lamp')).result.quote).toEqual({ text: 'No lamp', position: 11, is_manual: true })
  for (const quote of ['no lamp', 'Dark  here', `${'x'.repeat(1025)}`])
    expect((await quoting(quote)).description).toBe('Bad Request: QUOTE_TEXT_INVALID')
  await ann.sends({ text: 'here', reply_to: message_id, quote: 'Dark here.' })
  expect((await ann.sees()).messages.at(-1).reply_to).toMatchObject({ message_id, quote: 'Dark here.' })
  expect(await ann.sends({ text: 'x', reply_to: message_id, quote: 'Light' })).toMatchObject({
    error: 'quote must stand in the message of reply_to',
  })
})

test('a person who forbids voice messages is sent none', async () => {
  await room.control('POST', 'people', { id: ann.id, first_name: 'Ann', forbids_voice: true })
  await ann.sends({ voice: bytes })
  const [{ voice }] = await messages()
  expect(await room.bot('sendVoice', { chat_id: ann.id, voice: voice.file_id })).toEqual({
    ok: false,
    error_code: 400,
    description: 'Bad Request: VOICE_MESSAGES_FORBIDDEN',
  })
  expect(await room.does('getChat', { chat_id: ann.id })).toMatchObject({
    has_restricted_voice_and_video_messages: true,
  })
})

test('a contact of the desk is sent, and needs a number', async () => {
  const desk = { chat_id: ann.id, phone_number: '+77222000000', first_name: 'Әкімдік' }
  expect((await room.does('sendContact', desk)).contact).toMatchObject({ phone_number: '+77222000000' })
  expect((await room.bot('sendContact', { ...desk, phone_number: '' })).description).toBe(
    'Bad Request: phone number must be non-empty',
  )
})

test('rooms, members, topics, pins and what nobody may edit survive a restart', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'rooms-'))
  const before = await openRoom({ dir })
  const someone = await before.person('Ann')
  await someone.says('/start')
  const group = await before.group(someone, { is_forum: true, members: ['bot'] })
  await group.act('promote', { who: 'bot', rights: ['can_manage_topics', 'can_pin_messages'] })
  const thread = (await before.does('createForumTopic', { chat_id: group.id, name: 'Roads' }))
    .message_thread_id
  const pin = await before.does('sendMessage', { chat_id: group.id, message_thread_id: thread, text: 'x' })
  await before.does('pinChatMessage', { chat_id: group.id, message_id: pin.message_id })
  const keys = { reply_markup: { keyboard: [['Menu']] } }
  const locked = await before.does('sendMessage', { chat_id: someone.id, text: 'menu', ...keys })
  await before.close()

  const after = await openRoom({ dir })
  expect(await after.does('getChat', { chat_id: group.id })).toMatchObject({
    is_forum: true,
    pinned_message: { message_id: pin.message_id },
  })
  const bot = await after.does('getMe')
  expect(await after.does('getChatMember', { chat_id: group.id, user_id: bot.id })).toMatchObject({
    can_manage_topics: true,
    can_delete_messages: false,
  })
  const next = await after.does('sendMessage', { chat_id: group.id, message_thread_id: thread, text: 'y' })
  expect(next.message_id).toBe(pin.message_id + 2)
  const edit = { chat_id: someone.id, message_id: locked.message_id, text: 'z' }
  expect((await after.bot('editMessageText', edit)).description).toBe("Bad Request: message can't be edited")
  const own = { chat_id: group.id, message_id: pin.message_id, text: 'still ours' }
  expect((await after.bot('editMessageText', own)).ok).toBe(true)
  await after.close()
  await rm(dir, { recursive: true })
})

test('the webhook and what the bot asks for survive a restart too', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'hook-'))
  const before = await openRoom({ dir })
  const hook = { url: 'http://127.0.0.1:9/telegram', max_connections: 3, allowed_updates: ['message'] }
  await before.does('setWebhook', hook)
  await before.close()
  const after = await openRoom({ dir })
  expect(await after.does('getWebhookInfo')).toMatchObject(hook)
  await after.does('deleteWebhook')
  await after.close()
  const last = await openRoom({ dir })
  expect((await last.does('getWebhookInfo')).url).toBe('')
  await last.close()
  await rm(dir, { recursive: true })
})
