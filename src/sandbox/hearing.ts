// What of a room reaches the bot: everything in private; in groups what its rights and the privacy mode let through.
import { isAdmin, isPresent, memberOf } from './members.ts'
import { authorOf, messageOf } from './rooms.ts'
import type { Message, Room, World } from './state.ts'
import { emit } from './updates.ts'

const service = [
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
] as const

/** The field that makes a message a service message; undefined for what somebody wrote. */
export const serviceOf = (message: Message): (typeof service)[number] | undefined =>
  service.find((name) => message[name] !== undefined)

/** Whether the message speaks to the bot: a command, a result of its own, or a reply to what it said or was told. */
function isMeantForBot(w: World, room: Room, message: Message): boolean {
  if (message.via_bot) return true
  const words = message.text ?? message.caption ?? ''
  const [command] = message.entities ?? message.caption_entities ?? []
  if (command?.type === 'bot_command' && command.offset === 0) {
    const [, name] = words.slice(0, command.length).split('@')
    if (name === undefined || name.toLowerCase() === w.bot.username.toLowerCase()) return true
  }
  const replied = messageOf(room, (message.reply_to_message as Message | undefined)?.message_id)
  if (!replied || serviceOf(replied)) return false
  return authorOf(room, replied) === w.bot.id || isMeantForBot(w, room, replied)
}

function hears(w: World, room: Room, message: Message): boolean {
  if (room.info.type === 'private') return true
  const bot = memberOf(room, w.bot.id)
  // The last thing it hears of a group is that it left.
  if (!isPresent(bot)) return (message.left_chat_member as { id: number } | undefined)?.id === w.bot.id
  if (isAdmin(bot) || !w.privacy) return true
  if (room.info.type === 'channel') return false
  return serviceOf(message) !== undefined || isMeantForBot(w, room, message)
}

/** Tells the bot of a message, new or edited; the id of the update, undefined when the bot does not hear of it. */
export function tellBot(w: World, room: Room, message: Message, edited = false): number | undefined {
  if (!hears(w, room, message)) return undefined
  const kind = room.info.type === 'channel' ? 'channel_post' : 'message'
  return emit(w, edited ? `edited_${kind}` : kind, message, room.info.id)
}
