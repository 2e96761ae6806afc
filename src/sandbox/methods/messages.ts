// sendMessage, copies, deletions, reactions and "typing…".
import { bad, done } from '../answer.ts'
import { captionText, messageText } from '../formatted.ts'
import { flag, int, isObject, json, text } from '../params.ts'
import { messageOf, removeMessage, touch } from '../rooms.ts'
import type { Message } from '../state.ts'
import type { Call, Method } from './call.ts'
import { messageAt, roomOf, writableRoom } from './call.ts'
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
    const preview = json(params, 'link_preview_options')
    if (preview === null) return bad("can't parse link preview options JSON object")
    if (preview !== undefined && !isObject(preview)) return bad('object expected as link preview options')
    const shown = preview ?? (flag(params, 'disable_web_page_preview') ? { is_disabled: true } : undefined)
    return done({ ...textFields(read.value), ...(shown ? { link_preview_options: shown } : {}) })
  })
}

function tooOld(call: Call, message: Message): boolean {
  return call.world.clock.seconds() - message.date > day2
}

function deleteMessage(call: Call) {
  const { world, params } = call
  if (!text(params, 'chat_id')) return bad('chat identifier is not specified')
  if (!int(params, 'message_id')) return bad('message identifier is not specified')
  const found = messageAt(world, params, 'message to delete')
  if (!found.ok) return found
  if (tooOld(call, found.value.message)) return bad("message can't be deleted for everyone")
  removeMessage(world, found.value.room, found.value.message.message_id)
  return done(true)
}

function deleteMessages(call: Call) {
  const { world, params } = call
  const ids = json(params, 'message_ids')
  if (!Array.isArray(ids)) return bad('expected an Array of message identifiers')
  if (ids.length === 0) return bad('message identifiers are not specified')
  if (ids.length > 100) return bad('too many message identifiers specified')
  const room = roomOf(world, params)
  if (!room.ok) return room
  const messages = ids.map((id) => messageOf(room.value, Number(id))).filter((m) => m !== undefined)
  if (messages.some((message) => tooOld(call, message))) return bad("message can't be deleted for everyone")
  for (const message of messages) removeMessage(world, room.value, message.message_id)
  return done(true)
}

const ours = ['text', 'photo', 'voice', 'document', 'location', 'venue', 'contact', 'sticker'] as const

/** The content of a message that a copy or a forward takes along. */
function contentOf(message: Message): Record<string, unknown> {
  const fields = [...ours, 'entities', 'caption', 'caption_entities', 'link_preview_options']
  return Object.fromEntries(fields.filter((name) => message[name] !== undefined).map((n) => [n, message[n]]))
}

function original(call: Call, what: string) {
  const from = roomOf(call.world, call.params, 'from_chat_id')
  if (!from.ok) return from
  const message = messageOf(from.value, int(call.params, 'message_id'))
  if (!message) return bad(`message to ${what} not found`)
  return message.has_protected_content
    ? bad(`message can't be ${what === 'copy' ? 'copied' : 'forwarded'}`)
    : done(message)
}

function copyMessage(call: Call) {
  const found = original(call, 'copy')
  if (!found.ok) return found
  const sent = send(call, ({ params }) => {
    const content = contentOf(found.value)
    if (text(params, 'caption') === undefined || content.text !== undefined) return done(content)
    const caption = captionText(params)
    if (!caption.ok) return caption
    const { caption: _, caption_entities: __, ...rest } = content
    return done({ ...rest, ...textFields(caption.value, 'caption') })
  })
  return sent.ok ? done({ message_id: sent.value.message_id }) : sent
}

function forwardMessage(call: Call) {
  const found = original(call, 'forward')
  if (!found.ok) return found
  return send(call, () =>
    done({
      forward_origin: { type: 'user', sender_user: found.value.from, date: found.value.date },
      ...contentOf(found.value),
    }),
  )
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
  const found = messageAt(world, params, 'message to react')
  return found.ok ? done(true) : found
}

export const messageMethods: Record<string, Method> = {
  sendmessage: sendMessage,
  deletemessage: deleteMessage,
  deletemessages: deleteMessages,
  copymessage: copyMessage,
  forwardmessage: forwardMessage,
  sendchataction: sendChatAction,
  setmessagereaction: setMessageReaction,
}
