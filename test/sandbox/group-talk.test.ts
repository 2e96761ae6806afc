// Talking in groups: presses of several people, keyboards for some, topics of a forum, copies between rooms.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Group, Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

let room: Room
let ann: Someone
let bob: Someone
let group: Group
beforeEach(async () => {
  room = await openRoom()
  ann = await room.person('Ann', { username: 'ann_moder' })
  bob = await room.person('Bob', { username: 'bob_moder' })
  group = await room.group(ann, { is_forum: true, members: [bob.id, 'bot'] })
  await room.updates()
})
afterEach(() => room.close())
const says = (text: string, more: object = {}) =>
  room.bot('sendMessage', { chat_id: group.id, text, ...more })

describe('presses', () => {
  test('two people press one button at once: two presses, each with an answer of their own', async () => {
    await says('An idea', { reply_markup: { inline_keyboard: [[{ text: 'Take', callback_data: 't' }]] } })
    const press = (who: Someone) => who.act('press', { room: group.id, text: 'Take' })
    const [first, second] = await Promise.all([press(ann), press(bob)])
    const queries = (await room.updates()).map((update) => update.callback_query)
    expect(new Set(queries.map((query) => query.from.id))).toEqual(new Set([ann.id, bob.id]))
    expect(queries[0]).toMatchObject({ message: { chat: { id: group.id }, text: 'An idea' } })
    expect(queries[0].chat_instance).toBe(queries[1].chat_instance)
    await room.does('answerCallbackQuery', {
      callback_query_id: second.callback_query_id,
      text: 'Taken already',
      show_alert: true,
    })
    expect(await group.seenBy(bob)).toMatchObject({
      alerts: [{ text: 'Taken already' }],
      open_callbacks: 0,
    })
    expect(await group.seenBy(ann)).toMatchObject({ alerts: [], open_callbacks: 1 })
    await room.does('answerCallbackQuery', { callback_query_id: first.callback_query_id })
    expect((await group.seenBy(ann)).open_callbacks).toBe(0)
  })
})

describe('keyboards', () => {
  test('a selective forced reply asks only whom the message answers or names', async () => {
    const { message_id } = await group.says(bob, '/reject')
    await says('Why?', {
      reply_parameters: { message_id },
      reply_markup: { force_reply: true, selective: true },
    })
    expect((await group.seenBy(bob)).force_reply).toBeDefined()
    expect((await group.seenBy(ann)).force_reply).toBeUndefined()
    await says('@ann_moder, why?', { reply_markup: { keyboard: [['Because']], selective: true } })
    expect((await group.seenBy(ann)).keyboard).toHaveLength(1)
    expect((await group.seenBy(bob)).keyboard).toBeUndefined()
  })

  test('a phone, a place or a web app are asked for in private only', async () => {
    const asked = async (key: object) =>
      (await says('x', { reply_markup: { keyboard: [[{ text: 'k', ...key }]] } })).description
    expect(await asked({ request_contact: true })).toBe(
      'Bad Request: phone number can be requested in private chats only',
    )
    expect(await asked({ request_location: true })).toBe(
      'Bad Request: location can be requested in private chats only',
    )
  })
})

describe('topics', () => {
  const make = (name = 'Roads') => room.bot('createForumTopic', { chat_id: group.id, name })

  test('a bot with the right makes one, writes into it, and people answer there', async () => {
    expect((await make()).description).toBe('Bad Request: not enough rights to create a topic')
    await group.act('promote', { who: 'bot', rights: ['can_manage_topics'] })
    const topic = (await make()).result
    expect(topic).toMatchObject({ name: 'Roads', icon_color: 7_322_096 })
    const thread = topic.message_thread_id
    const sent = (await says('a card', { message_thread_id: thread })).result
    expect(sent).toMatchObject({
      message_thread_id: thread,
      is_topic_message: true,
      reply_to_message: { message_id: thread, forum_topic_created: { name: 'Roads' } },
    })
    await room.updates()
    await group.says(bob, 'I take it', { topic: thread })
    await group.says(bob, 'to all')
    const [inTopic, general] = (await room.updates()).map((update) => update.message)
    expect(inTopic).toMatchObject({ message_thread_id: thread, is_topic_message: true })
    expect(general.is_topic_message).toBeUndefined()
    expect(
      (await room.bot('sendChatAction', { chat_id: group.id, action: 'typing', message_thread_id: thread }))
        .ok,
    ).toBe(true)
  })

  test('a topic that is gone is not found; the general one has no number', async () => {
    await group.act('promote', { who: 'bot', rights: ['can_manage_topics', 'can_delete_messages'] })
    const thread = (await make()).result.message_thread_id
    await says('x', { message_thread_id: thread })
    await room.does('deleteForumTopic', { chat_id: group.id, message_thread_id: thread })
    for (const id of [thread, 1])
      expect((await says('x', { message_thread_id: id })).description).toBe(
        'Bad Request: message thread not found',
      )
    expect((await group.seenBy(ann)).messages.some((m: { text?: string }) => m.text === 'x')).toBe(false)
  })

  test('a closed topic takes nothing from a bot without the right, and all from one with it', async () => {
    const topic = await group.act('topics', { name: 'Water' })
    await group.act('topics', { topic: topic.id, closed: true })
    const write = () => says('x', { message_thread_id: topic.id })
    expect((await write()).description).toBe('Bad Request: TOPIC_CLOSED')
    expect((await group.says(bob, 'x', { topic: topic.id })).error).toBe('this topic is closed')
    await group.act('promote', { who: 'bot', rights: ['can_manage_topics'] })
    expect((await write()).ok).toBe(true)
    const reopen = () => room.bot('reopenForumTopic', { chat_id: group.id, message_thread_id: topic.id })
    expect((await reopen()).ok).toBe(true)
    expect((await reopen()).description).toBe('Bad Request: TOPIC_NOT_MODIFIED')
    const rename = (name: string) =>
      room.bot('editForumTopic', { chat_id: group.id, message_thread_id: topic.id, name })
    expect((await rename('Wells')).ok).toBe(true)
    expect((await rename('Wells')).description).toBe('Bad Request: TOPIC_NOT_MODIFIED')
    await group.act('promote', { who: 'bot', rights: [] })
    expect((await rename('Roads')).description).toBe('Bad Request: not enough rights to edit the topic')
  })

  test('a group without topics has none to make, and an album stays in its topic', async () => {
    const plain = await room.group(ann, { members: ['bot'] })
    expect((await room.bot('createForumTopic', { chat_id: plain.id, name: 'x' })).description).toBe(
      'Bad Request: the chat is not a forum',
    )
    await group.act('promote', { who: 'bot' })
    const thread = (await make()).result.message_thread_id
    const { file_id } = (await sendsFile()).document
    const media = [file_id, file_id].map((id) => ({ type: 'document', media: id }))
    const album = await room.does('sendMediaGroup', { chat_id: group.id, message_thread_id: thread, media })
    expect(album.map((part: { message_thread_id: number }) => part.message_thread_id)).toEqual([
      thread,
      thread,
    ])
  })
})

async function sendsFile() {
  await ann.says('/start')
  const { message_id } = await ann.sends({ document: Buffer.from('x').toString('base64') })
  return (await ann.sees()).messages.find((one: { message_id: number }) => one.message_id === message_id)
}

test('a message goes from a private chat into a topic as a copy, several at once and in order', async () => {
  await group.act('promote', { who: 'bot' })
  const thread = (await room.does('createForumTopic', { chat_id: group.id, name: 'Ideas' })).message_thread_id
  await ann.says('/start')
  const ids = [(await ann.says('one')).message_id, (await ann.says('two')).message_id]
  const to = { chat_id: group.id, from_chat_id: ann.id, message_thread_id: thread }
  const copies = await room.does('copyMessages', { ...to, message_ids: [...ids, 9999] })
  expect(copies).toHaveLength(2)
  const seen = (await group.seenBy(bob)).messages.slice(-2)
  expect(seen.map((one: { text: string }) => one.text)).toEqual(['one', 'two'])
  const [forwarded] = await room.does('forwardMessages', { ...to, message_ids: [ids[0]] })
  expect((await group.seenBy(bob)).messages.at(-1)).toMatchObject({
    message_id: forwarded.message_id,
    message_thread_id: thread,
    forward_origin: { type: 'user', sender_user: { id: ann.id } },
  })
})
