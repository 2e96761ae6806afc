// Groups as a bot meets them: who comes and goes, what it hears, what it may, and how a group becomes a supergroup.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

let room: Room
let ann: Someone
let bob: Someone
beforeEach(async () => {
  room = await openRoom()
  ann = await room.person('Ann', { username: 'ann' })
  bob = await room.person('Bob', { username: 'bob' })
})
afterEach(() => room.close())
const says = (chat_id: number, more: object = {}) => room.bot('sendMessage', { chat_id, text: 'x', ...more })

describe('coming and going', () => {
  test('a bot that is added hears of itself and of its arrival, and may then write', async () => {
    const group = await room.group(ann, { type: 'group' })
    expect(await says(group.id)).toMatchObject({
      error_code: 400,
      description: 'Bad Request: chat not found',
    })
    await group.act('add', { who: 'bot' })
    const [mine, arrival] = await room.updates()
    expect(mine.my_chat_member).toMatchObject({
      chat: { id: group.id, type: 'group', title: 'Moderators' },
      from: { id: ann.id },
      old_chat_member: { status: 'left' },
      new_chat_member: { status: 'member' },
    })
    expect(arrival.message.new_chat_members).toMatchObject([{ is_bot: true }])
    expect((await says(group.id)).result.chat).toMatchObject({ id: group.id, type: 'group' })
  })

  test('people who join and leave are told of in the group; chat_member only to an administrator who asks', async () => {
    const group = await room.group(ann, { members: ['bot'] })
    await room.does('getUpdates', { allowed_updates: ['message', 'chat_member'], offset: -1 })
    await room.updates()
    await group.act('add', { who: bob.id, by: bob.id })
    await group.act('promote', { who: 'bot', rights: ['can_manage_topics'] })
    await group.act('remove', { who: bob.id, by: bob.id })
    const updates = await room.updates()
    expect(updates.map((update) => Object.keys(update)[1])).toEqual(['message', 'chat_member', 'message'])
    expect(updates[0].message.new_chat_members).toMatchObject([{ id: bob.id }])
    expect(updates[1].chat_member.new_chat_member).toMatchObject({ user: { id: bob.id }, status: 'left' })
    expect(updates[2].message.left_chat_member).toMatchObject({ id: bob.id })
    expect(await group.says(bob, 'hello')).toEqual({ error: 'this person is not in the room' })
  })

  test('a bot thrown out hears of it last and is refused in the words for each kind of chat', async () => {
    const words = {
      group: 'Forbidden: bot was kicked from the group chat',
      supergroup: 'Forbidden: bot was kicked from the supergroup chat',
      channel: 'Forbidden: bot was kicked from the channel chat',
    }
    for (const [type, description] of Object.entries(words)) {
      const group = await room.group(ann, { type })
      await group.act('add', { who: 'bot', rights: true })
      await room.updates()
      await group.act('remove', { who: 'bot' })
      const updates = await room.updates()
      expect(updates[0].my_chat_member.new_chat_member).toMatchObject({ status: 'kicked', until_date: 0 })
      expect(updates.length).toBe(type === 'channel' ? 1 : 2)
      expect(await says(group.id)).toEqual({ ok: false, error_code: 403, description })
    }
  })

  test('a bot that leaves is no member, and a private chat cannot be left', async () => {
    const group = await room.group(ann, { members: ['bot'] })
    await room.updates()
    await room.does('leaveChat', { chat_id: group.id })
    expect(await says(group.id)).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot is not a member of the supergroup chat',
    })
    const [mine, left] = await room.updates()
    expect(mine.my_chat_member.new_chat_member.status).toBe('left')
    expect(left.message.left_chat_member.is_bot).toBe(true)
    await ann.says('/start')
    expect((await room.bot('leaveChat', { chat_id: ann.id })).description).toBe(
      "Bad Request: can't leave private chats",
    )
  })

  test('a stranger is not found; a member met in a group cannot be written to first; a deleted account neither', async () => {
    expect((await says(bob.id)).description).toBe('Bad Request: chat not found')
    await room.group(ann, { members: [bob.id, 'bot'] })
    expect(await says(bob.id)).toMatchObject({
      error_code: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    })
    await bob.says('/start')
    await room.control('POST', 'people', { id: bob.id, first_name: 'Bob', deactivated: true })
    expect(await says(bob.id)).toMatchObject({
      error_code: 403,
      description: 'Forbidden: user is deactivated',
    })
  })

  test('the link that adds the bot brings it in with rights and the payload', async () => {
    const group = await room.group(ann, {})
    const { username } = await room.does('getMe')
    const link = `https://t.me/${username}?startgroup=bind_7&admin=manage_topics+pin_messages`
    expect(await bob.act('startgroup', { room: group.id, link })).toEqual({
      error: 'this person is not in the room',
    })
    await ann.act('startgroup', { room: group.id, link })
    const [mine, arrival, start] = await room.updates()
    expect(mine.my_chat_member.new_chat_member).toMatchObject({
      status: 'administrator',
      can_manage_topics: true,
      can_pin_messages: true,
      can_delete_messages: false,
    })
    expect(arrival.message.new_chat_members).toHaveLength(1)
    expect(start.message).toMatchObject({ from: { id: ann.id }, text: `/start@${username} bind_7` })
  })
})

describe('what the bot hears', () => {
  const heard = async () =>
    (await room.updates()).filter((update) => update.message?.text).map((update) => update.message.text)

  test('in privacy mode: commands for it, replies to it, and what happens in the group', async () => {
    const group = await room.group(ann, { members: [bob.id, 'bot'] })
    const { message_id } = (await says(group.id)).result
    await room.updates()
    await group.says(ann, 'we talk among ourselves')
    await group.says(ann, '/bind')
    await group.says(ann, '/bind@dauys_sandbox_bot 12')
    await group.says(ann, '/bind@other_bot 12')
    const reply = await group.says(bob, 'because', { reply_to: message_id })
    await group.says(ann, 'a reply to a reply', { reply_to: reply.message_id })
    expect(await heard()).toEqual(['/bind', '/bind@dauys_sandbox_bot 12', 'because', 'a reply to a reply'])
  })

  test('an administrator hears all, and so does a bot without privacy mode', async () => {
    const group = await room.group(ann, { members: ['bot'] })
    await group.act('promote', { who: 'bot' })
    await group.says(ann, 'to all')
    await group.act('promote', { who: 'bot', rights: false })
    await group.says(ann, 'among us')
    await room.control('PUT', 'bot', { privacy: false })
    await group.says(ann, 'to all again')
    expect(await heard()).toEqual(['to all', 'to all again'])
    expect((await room.does('getMe')).can_read_all_group_messages).toBe(true)
  })

  test('an edit is heard like the message; an anonymous administrator speaks as the group', async () => {
    const group = await room.group(ann, { members: [bob.id, 'bot'] })
    await group.act('promote', { who: 'bot' })
    await group.act('promote', { who: bob.id, anonymous: true })
    await room.updates()
    const { message_id } = await group.says(bob, 'first')
    await bob.act('edit', { room: group.id, message_id, text: 'second' })
    expect(await ann.act('edit', { room: group.id, message_id, text: 'third' })).toEqual({
      error: 'the person has no such message',
    })
    const [said, edited] = await room.updates()
    expect(said.message).toMatchObject({
      from: { username: 'GroupAnonymousBot' },
      sender_chat: { id: group.id },
    })
    expect(edited.edited_message).toMatchObject({ message_id, text: 'second' })
  })
})

describe('the upgrade to a supergroup', () => {
  test('both sides say where it went; the old id is refused with the new one', async () => {
    const group = await room.group(ann, { type: 'group', members: [bob.id, 'bot'] })
    await room.updates()
    const made = await group.act('upgrade')
    expect(made.type).toBe('supergroup')
    expect(made.id).toBeLessThan(-1_000_000_000_000)
    const [left, arrived] = (await room.updates()).map((update) => update.message)
    expect(left).toMatchObject({ chat: { id: group.id }, migrate_to_chat_id: made.id })
    expect(arrived).toMatchObject({ message_id: 1, chat: { id: made.id }, migrate_from_chat_id: group.id })
    expect(await says(group.id)).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: made.id },
    })
    expect((await says(made.id)).result.message_id).toBe(2)
    expect((await group.says(bob, 'x')).error).toContain(String(made.id))
    expect(await bob.act('send', { room: made.id, text: 'here' })).toMatchObject({ message_id: 3 })
  })

  test('each supergroup counts its own messages, private chats and groups together', async () => {
    const one = await room.group(ann, { members: ['bot'] })
    const other = await room.group(ann, { members: ['bot'] })
    const ids = async (chat: number) => (await says(chat)).result.message_id
    expect(await ids(one.id)).toBe(await ids(other.id))
    const group = await room.group(ann, { type: 'group', members: ['bot'] })
    await ann.says('/start')
    expect((await ids(group.id)) + 1).toBe(await ids(ann.id))
  })
})

describe('members as the bot asks for them', () => {
  test('one, the administrators, how many; of a private chat nobody but the two', async () => {
    const group = await room.group(ann, { members: [bob.id, 'bot'] })
    const about = (user_id: number) => room.bot('getChatMember', { chat_id: group.id, user_id })
    expect((await about(ann.id)).result).toMatchObject({ status: 'creator', is_anonymous: false })
    expect((await about(bob.id)).result).toMatchObject({ status: 'member', user: { id: bob.id } })
    expect((await about(404)).description).toBe('Bad Request: PARTICIPANT_ID_INVALID')
    await group.act('promote', { who: bob.id, rights: ['can_pin_messages'] })
    const admins = await room.does('getChatAdministrators', { chat_id: group.id })
    expect(admins.map((admin: { user: { id: number } }) => admin.user.id)).toEqual([ann.id, bob.id])
    expect(admins[1]).toMatchObject({ can_pin_messages: true, can_manage_topics: false })
    expect(await room.does('getChatMemberCount', { chat_id: group.id })).toBe(3)
    await ann.says('/start')
    expect((await room.bot('getChatAdministrators', { chat_id: ann.id })).description).toBe(
      'Bad Request: there are no administrators in the private chat',
    )
    expect((await room.bot('getChatMember', { chat_id: ann.id, user_id: bob.id })).description).toBe(
      'Bad Request: member not found',
    )
  })

  test('pins need the right, and are told of in the group', async () => {
    const group = await room.group(ann, { members: ['bot'] })
    const { message_id } = (await says(group.id)).result
    const pin = () => room.bot('pinChatMessage', { chat_id: group.id, message_id })
    expect((await pin()).description).toBe(
      'Bad Request: not enough rights to manage pinned messages in the chat',
    )
    await group.act('promote', { who: 'bot', rights: ['can_pin_messages'] })
    await room.updates()
    expect((await pin()).ok).toBe(true)
    expect((await room.updates())[0].message.pinned_message).toMatchObject({ message_id })
    expect(await room.does('getChat', { chat_id: group.id })).toMatchObject({
      type: 'supergroup',
      title: 'Moderators',
      pinned_message: { message_id },
    })
    await room.does('unpinAllChatMessages', { chat_id: group.id })
    expect((await room.bot('unpinChatMessage', { chat_id: group.id })).description).toBe(
      'Bad Request: message to unpin not found',
    )
  })

  test('others’ messages are deleted with the right to, and only then', async () => {
    const group = await room.group(ann, { members: ['bot'] })
    const { message_id } = await group.says(ann, 'rude')
    const remove = () => room.bot('deleteMessage', { chat_id: group.id, message_id })
    expect((await remove()).description).toBe("Bad Request: message can't be deleted")
    await group.act('promote', { who: 'bot', rights: ['can_delete_messages'] })
    expect((await remove()).ok).toBe(true)
  })
})

test('the menu in a group: member, administrators, chat, all administrators, all groups, default', async () => {
  const group = await room.group(ann, { members: [bob.id, 'bot'] })
  const set = (command: string, scope: object) =>
    room.does('setMyCommands', { commands: [{ command, description: command }], scope })
  const menu = async (who: Someone) =>
    (await group.seenBy(who)).commands.map((one: { command: string }) => one.command)
  await set('default', { type: 'default' })
  expect(await menu(bob)).toEqual(['default'])
  await set('groups', { type: 'all_group_chats' })
  await set('private', { type: 'all_private_chats' })
  expect(await menu(bob)).toEqual(['groups'])
  await set('admins', { type: 'all_chat_administrators' })
  await set('chat', { type: 'chat', chat_id: group.id })
  expect([await menu(ann), await menu(bob)]).toEqual([['chat'], ['chat']])
  await set('chatadmins', { type: 'chat_administrators', chat_id: group.id })
  await set('bob', { type: 'chat_member', chat_id: group.id, user_id: bob.id })
  expect([await menu(ann), await menu(bob)]).toEqual([['chatadmins'], ['bob']])
})
