// Channels: what the bot posts and edits there as an administrator, and what its readers can do.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

let room: Room
let ann: Someone
let bob: Someone
beforeEach(async () => {
  room = await openRoom()
  ann = await room.person('Ann')
  bob = await room.person('Bob')
})
afterEach(() => room.close())
const says = (chat_id: number, more: object = {}) => room.bot('sendMessage', { chat_id, text: 'x', ...more })

describe('in a channel', () => {
  test('the bot posts and edits as an administrator; posts of others arrive; a lost right is told in words', async () => {
    const channel = await room.group(ann, { type: 'channel', title: 'News' })
    await channel.act('add', { who: 'bot', rights: ['can_post_messages', 'can_edit_messages'] })
    const post = (await says(channel.id)).result
    expect(post).toMatchObject({ sender_chat: { id: channel.id, title: 'News' }, chat: { type: 'channel' } })
    expect(post.from).toBeUndefined()
    await room.updates()
    const { message_id } = await channel.says(ann, 'from the office')
    await ann.act('edit', { room: channel.id, message_id, text: 'from the town hall' })
    const [posted, edited] = await room.updates()
    expect(posted.channel_post).toMatchObject({ message_id, text: 'from the office' })
    expect(edited.edited_channel_post).toMatchObject({ text: 'from the town hall' })
    const change = { chat_id: channel.id, message_id, text: 'y' }
    expect((await room.bot('editMessageText', change)).ok).toBe(true)
    await channel.act('promote', { who: 'bot', rights: ['can_post_messages'] })
    expect((await room.bot('editMessageText', { ...change, text: 'z' })).description).toBe(
      "Bad Request: message can't be edited",
    )
    const own = { chat_id: channel.id, message_id: post.message_id, text: 'own' }
    expect((await room.bot('editMessageText', own)).ok).toBe(true)
    await channel.act('promote', { who: 'bot', rights: [] })
    expect(await says(channel.id)).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: need administrator rights in the channel chat',
    })
  })

  test('a reader presses a button under a post, and cannot write', async () => {
    const channel = await room.group(ann, { type: 'channel', title: 'News' })
    await channel.act('add', { who: 'bot', rights: true })
    await channel.act('add', { who: bob.id, by: bob.id })
    await says(channel.id, { reply_markup: { inline_keyboard: [[{ text: 'Vote', callback_data: 'v' }]] } })
    await room.updates()
    await bob.act('press', { room: channel.id, text: 'Vote' })
    const [{ callback_query }] = await room.updates()
    expect(callback_query).toMatchObject({ from: { id: bob.id }, message: { chat: { type: 'channel' } } })
    expect((await channel.says(bob, 'me too')).error).toContain('only administrators')
  })
})
