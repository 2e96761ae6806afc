// sendMessage, copies, deletions, reactions and "typing…".
import type { Checked } from '../answer.ts'
import { bad, done } from '../answer.ts'
import { reactionEmoji } from '../api-list.ts'
import { captionText, messageText } from '../formatted.ts'
import { serviceOf } from '../hearing.ts'
import { may, memberOf } from '../members.ts'
import type { Params } from '../params.ts'
import { int, isObject, json, text } from '../params.ts'
import { authorOf, messageOf, removeMessage, touch } from '../rooms.ts'
import type { Message, Room } from '../state.ts'
import type { Call, Method } from './call.ts'
import { messageAt, roomOf, writableRoom } from './call.ts'
import { previewField } from './previews.ts'
import { send } from './send.ts'

const day2 = 48 * 3600

/** Text and entities as fields of a message, left out when empty. */
export const textFields = (
  value: { text: string; entities: unknown[] },
  name: 'text' | 'caption' = 'text',
): Record<string, unknown> => {
  if (value.text === '') return {}
  const entities = name === 'text' ? 'entities' : 'caption_entities'
  return { [name]: value.text, ...(value.entities.length > 0 ? { [entities]: value.entities } : {}) }
}

function sendMessage(call: Call) {
  return send(call, ({ params }) => {
    const read = messageText(params, 'message is too long')
    if (!read.ok) return read
    const preview = previewField(read.value, params)
    return preview.ok ? done({ ...textFields(read.value), ...preview.value }) : preview
  })
}

/** Why the bot cannot take this message away; undefined when it can. */
function undeletable({ world }: Call, room: Room, message: Message): string | undefined {
  const { type } = room.info
  const bot = memberOf(room, world.bot.id)
  const old = world.clock.seconds() - message.date > day2
  if (type === 'private') return old ? "message can't be deleted for everyone" : undefined
  if (message.forum_topic_created ?? message.supergroup_chat_created ?? message.channel_chat_created)
    return "message can't be deleted"
  if (may(bot, 'can_delete_messages')) return undefined
  if (authorOf(room, message) !== world.bot.id) return "message can't be deleted"
  return old ? "message can't be deleted for everyone" : undefined
}

function deleteMessage(call: Call) {
  const { world, params } = call
  if (!text(params, 'chat_id')) return bad('chat identifier is not specified')
  if (!int(params, 'message_id')) return bad('message identifier is not specified')
  const found = messageAt(world, params, 'message to delete')
  if (!found.ok) return found
  const { room, message } = found.value
  const problem = undeletable(call, room, message)
  if (problem !== undefined) return bad(problem)
  removeMessage(world, room, message.message_id)
  return done(true)
}

function deleteMessages(call: Call) {
  const { world, params } = call
  const ids = idsIn(params)
  if (!ids.ok) return ids
  const room = roomOf(world, params, 'edit')
  if (!room.ok) return room
  const messages = ids.value.map((id) => messageOf(room.value, id)).filter((m) => m !== undefined)
  const problem = messages.map((message) => undeletable(call, room.value, message)).find(Boolean)
  if (problem !== undefined) return bad(problem)
  for (const message of messages) removeMessage(world, room.value, message.message_id)
  return done(true)
}

function idsIn(params: Params): Checked<number[]> {
  const ids = json(params, 'message_ids')
  if (!Array.isArray(ids)) return bad('expected an Array of message identifiers')
  if (ids.length === 0) return bad('message identifiers are not specified')
  if (ids.length > 100) return bad('too many message identifiers specified')
  return done(ids.map(Number))
}

const kept =
  'text entities link_preview_options caption caption_entities show_caption_above_media has_media_spoiler photo voice document video audio animation video_note sticker location venue contact poll dice'.split(
    ' ',
  )

/** The content of a message that a copy or a forward takes along. */
const contentOf = (message: Message): Record<string, unknown> =>
  Object.fromEntries(kept.filter((name) => message[name] !== undefined).map((name) => [name, message[name]]))

type Carried = 'copy' | 'forward'

function original(call: Call, what: Carried) {
  const from = roomOf(call.world, call.params, 'read', 'from_chat_id')
  if (!from.ok) return from
  const message = messageOf(from.value, int(call.params, 'message_id'))
  if (!message) return bad(`message to ${what} not found`)
  const closed = message.has_protected_content || serviceOf(message)
  return closed ? bad(`message can't be ${what === 'copy' ? 'copied' : 'forwarded'}`) : done(message)
}

function copied(call: Call, message: Message): Checked<{ message_id: number }> {
  const sent = send(call, ({ params }) => {
    const content = contentOf(message)
    if (text(params, 'caption') === undefined || content.text !== undefined) return done(content)
    const caption = captionText(params)
    if (!caption.ok) return caption
    const { caption: _, caption_entities: __, ...rest } = content
    return done({ ...rest, ...textFields(caption.value, 'caption') })
  })
  return sent.ok ? done({ message_id: sent.value.message_id }) : sent
}

function copyMessage(call: Call) {
  const found = original(call, 'copy')
  return found.ok ? copied(call, found.value) : found
}

/** Where a forwarded message came from, as Telegram tells it. */
function originOf({ from, sender_chat: chat, date, message_id }: Message): Record<string, unknown> {
  if (chat?.type === 'channel') return { type: 'channel', chat, message_id, date }
  if (chat) return { type: 'chat', sender_chat: chat, date }
  return { type: 'user', sender_user: from, date }
}

const forwarded = (call: Call, message: Message): Checked<Message> =>
  send(call, () =>
    done({ forward_origin: message.forward_origin ?? originOf(message), ...contentOf(message) }),
  )

function forwardMessage(call: Call) {
  const found = original(call, 'forward')
  return found.ok ? forwarded(call, found.value) : found
}

/** Copies or forwards several at once: what cannot be taken along is left out; an album stays one. */
function carryAll(call: Call, what: Carried): Checked<{ message_id: number }[]> {
  const { world, params } = call
  const ids = idsIn(params)
  if (!ids.ok) return ids
  const room = writableRoom(world, params)
  if (!room.ok) return room
  const { message_ids: _, ...rest } = params
  const albums = new Map<unknown, string>()
  const sent: { message_id: number }[] = []
  for (const message_id of ids.value) {
    const found = original({ ...call, params: { ...rest, message_id } }, what)
    if (!found.ok) continue
    const { media_group_id: group } = found.value
    if (group !== undefined && !albums.has(group))
      albums.set(group, String(world.ids.message + 2_000_000_007))
    const content = {
      ...(what === 'forward' ? { forward_origin: found.value.forward_origin ?? originOf(found.value) } : {}),
      ...(group === undefined ? {} : { media_group_id: albums.get(group) }),
      ...contentOf(found.value),
    }
    const message = send({ ...call, params: rest }, () => done(content))
    if (!message.ok) return message
    sent.push({ message_id: message.value.message_id })
  }
  return sent.length === 0 ? bad(`there are no messages to ${what}`) : done(sent)
}

const actions = new Set(
  'typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker find_location record_video_note upload_video_note'.split(
    ' ',
  ),
)

function sendChatAction({ world, params }: Call) {
  if (!actions.has(text(params, 'action')?.toLowerCase() ?? ''))
    return bad('wrong parameter action in request')
  const room = writableRoom(world, params)
  if (!room.ok) return room
  room.value.typingUntil = world.clock.now() + 5000
  touch(world, room.value)
  return done(true)
}

function setMessageReaction({ world, params }: Call) {
  const given = json(params, 'reaction')
  if (given !== undefined && !Array.isArray(given)) return bad('expected an Array of ReactionType')
  const reactions = (given ?? []) as unknown[]
  if (reactions.length > 1) return bad('REACTIONS_TOO_MANY')
  for (const reaction of reactions) {
    const type = isObject(reaction) ? text(reaction, 'type') : undefined
    const emoji = isObject(reaction) ? text(reaction, 'emoji') : undefined
    const known = type === 'custom_emoji' || (emoji !== undefined && reactionEmoji.split(' ').includes(emoji))
    if (!known) return bad('REACTION_INVALID')
  }
  const found = messageAt(world, params, 'message to react')
  return found.ok ? done(true) : found
}

export const messageMethods: Record<string, Method> = {
  sendmessage: sendMessage,
  deletemessage: deleteMessage,
  deletemessages: deleteMessages,
  copymessage: copyMessage,
  copymessages: (call) => carryAll(call, 'copy'),
  forwardmessage: forwardMessage,
  forwardmessages: (call) => carryAll(call, 'forward'),
  sendchataction: sendChatAction,
  setmessagereaction: setMessageReaction,
}
