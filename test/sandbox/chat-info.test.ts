// What the bot changes of a group as its administrator: its face, its general topic; and who else administers it.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

let room: Room
let ann: Someone
let chat_id: number
beforeEach(async () => {
  room = await openRoom()
  ann = await room.person('Ann')
  const made = { type: 'supergroup', title: 'Moderators', creator: ann.id, is_forum: true }
  chat_id = (await room.control('POST', 'rooms', made)).id
  await room.control('POST', `rooms/${chat_id}/add`, { who: 'bot', rights: true })
})
afterEach(() => room.close())
const refused = async (method: string, params: object = {}) =>
  (await room.bot(method, { chat_id, ...params })).description

test('title and description are changed by an administrator with the right, and by no one else', async () => {
  await room.does('setChatTitle', { chat_id, title: ' Council ' })
  await room.does('setChatDescription', { chat_id, description: 'Who moderates' })
  expect(await room.does('getChat', { chat_id })).toMatchObject({
    title: 'Council',
    description: 'Who moderates',
  })
  expect(await refused('setChatDescription', { description: 'Who moderates' })).toBe(
    'Bad Request: chat description is not modified',
  )
  expect(await refused('setChatTitle', { title: ' ' })).toBe('Bad Request: title must be non-empty')
  await room.control('POST', `rooms/${chat_id}/promote`, { who: 'bot', rights: false })
  expect(await refused('setChatTitle', { title: 'Mine' })).toBe(
    'Bad Request: not enough rights to change chat title',
  )
})

test('the general topic is hidden with being closed, and comes out of hiding when it is opened', async () => {
  await room.does('hideGeneralForumTopic', { chat_id })
  expect(await refused('hideGeneralForumTopic')).toBe('Bad Request: TOPIC_NOT_MODIFIED')
  expect(await refused('closeGeneralForumTopic')).toBe('Bad Request: TOPIC_NOT_MODIFIED')
  await room.does('reopenGeneralForumTopic', { chat_id })
  expect(await refused('unhideGeneralForumTopic')).toBe('Bad Request: TOPIC_NOT_MODIFIED')
})

test('a topic wears an icon of the list', async () => {
  const [first] = await room.does('getForumTopicIconStickers')
  const icon_custom_emoji_id = first.custom_emoji_id
  expect(await room.does('createForumTopic', { chat_id, name: 'Roads', icon_custom_emoji_id })).toMatchObject(
    { name: 'Roads', icon_custom_emoji_id },
  )
})

test('other bots that administer are told of when they are asked for', async () => {
  const other = await room.person('Other', { is_bot: true })
  await room.control('POST', `rooms/${chat_id}/add`, { who: other.id, rights: true })
  const names = async (more: object = {}) =>
    (await room.does('getChatAdministrators', { chat_id, ...more })).map(
      (one: { user: { first_name: string } }) => one.user.first_name,
    )
  expect(await names()).toEqual(['Ann', 'Dauys'])
  expect(await names({ return_bots: true })).toEqual(['Ann', 'Dauys', 'Other'])
})
