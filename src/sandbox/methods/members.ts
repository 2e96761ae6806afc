// Members of a room and its pinned messages, as the bot asks for and changes them.
import { bad, done } from '../answer.ts'
import { announce, presentIn, removeFrom } from '../groups.ts'
import { isAdmin, may, memberJson, memberOf, userOf } from '../members.ts'
import { flag, int } from '../params.ts'
import { asReplied, messageOf, touch } from '../rooms.ts'
import type { Message, Room, World } from '../state.ts'
import type { Call, Method } from './call.ts'
import { messageAt, roomOf } from './call.ts'

function getChatMember({ world, params }: Call) {
  const id = int(params, 'user_id')
  if (id === undefined || id <= 0) return bad('invalid user_id specified')
  const found = roomOf(world, params, id === world.bot.id ? 'read' : 'members')
  if (!found.ok) return found
  const room = found.value
  const user = userOf(world, id)
  if (room.info.type === 'private')
    return user && (id === room.info.id || id === world.bot.id)
      ? done({ user, status: 'member' })
      : bad('member not found')
  // A person of whom the bot never heard is not known by their number.
  if (!user || !(id === world.bot.id || world.people.get(id)?.met || room.members.has(id)))
    return bad('PARTICIPANT_ID_INVALID')
  return done(memberJson(room, user, memberOf(room, id)))
}

function getChatAdministrators({ world, params }: Call) {
  const room = roomOf(world, params, 'members')
  if (!room.ok) return room
  if (room.value.info.type === 'private') return bad('there are no administrators in the private chat')
  const others = flag(params, 'return_bots')
  const admins = presentIn(world, room.value).filter(
    ({ user, member }) => isAdmin(member) && (others || !user.is_bot || user.id === world.bot.id),
  )
  return done(admins.map(({ user, member }) => memberJson(room.value, user, member)))
}

function getChatMemberCount({ world, params }: Call) {
  const room = roomOf(world, params, 'members')
  if (!room.ok) return room
  return done(room.value.info.type === 'private' ? 2 : presentIn(world, room.value).length)
}

function leaveChat({ world, params }: Call) {
  const room = roomOf(world, params)
  if (!room.ok) return room
  if (room.value.info.type === 'private') return bad("can't leave private chats")
  removeFrom(world, room.value, world.bot, world.bot)
  return done(true)
}

function mayPin(w: World, room: Room): boolean {
  const bot = memberOf(room, w.bot.id)
  switch (room.info.type) {
    case 'private':
      return true
    case 'group':
    case 'supergroup':
      return may(bot, 'can_pin_messages')
    case 'channel':
      return may(bot, 'can_edit_messages')
  }
}
const noRight = () => bad('not enough rights to manage pinned messages in the chat')

function pinChatMessage({ world, params }: Call) {
  const found = messageAt(world, params, 'message to pin', 'write')
  if (!found.ok) return found
  const { room, message } = found.value
  if (!mayPin(world, room)) return noRight()
  if (room.pinned.includes(message.message_id)) return done(true)
  room.pinned = [...room.pinned, message.message_id].sort((a, b) => a - b)
  announce(world, room, world.bot, { ...topicFields(message), pinned_message: asReplied(message) })
  return done(true)
}

const topicFields = ({ message_thread_id, is_topic_message }: Message) =>
  is_topic_message ? { message_thread_id, is_topic_message } : {}

function unpinChatMessage(call: Call) {
  const { world, params } = call
  const id = int(params, 'message_id')
  const room = roomOf(world, params, 'write')
  if (!room.ok) return room
  if (!mayPin(world, room.value)) return noRight()
  const { pinned } = room.value
  const target = id ?? pinned.at(-1)
  if (target === undefined || !messageOf(room.value, target)) return bad('message to unpin not found')
  room.value.pinned = pinned.filter((pin) => pin !== target)
  touch(world, room.value)
  return done(true)
}

function unpinAllChatMessages({ world, params }: Call) {
  const room = roomOf(world, params, 'write')
  if (!room.ok) return room
  if (!mayPin(world, room.value)) return noRight()
  room.value.pinned = []
  touch(world, room.value)
  return done(true)
}

export const memberMethods: Record<string, Method> = {
  getchatmember: getChatMember,
  getchatadministrators: getChatAdministrators,
  getchatmembercount: getChatMemberCount,
  leavechat: leaveChat,
  pinchatmessage: pinChatMessage,
  unpinchatmessage: unpinChatMessage,
  unpinallchatmessages: unpinAllChatMessages,
}
