// What every sending method does around its content: room, topic, reply, markup, options, the message itself.
import type { Checked } from '../answer.ts'
import { bad, done } from '../answer.ts'
import type { Markup } from '../markup.ts'
import { applyMarkup, readMarkup } from '../markup.ts'
import type { Params } from '../params.ts'
import { flag, text } from '../params.ts'
import { addMessage, asReplied, messageOf, ownerOf } from '../rooms.ts'
import type { Message, Room, World } from '../state.ts'
import type { Call } from './call.ts'
import { quotedFrom, repliedTo, writableRoom } from './call.ts'
import { topicOf } from './topics.ts'

/** The options a message keeps whatever its content is. */
function options(p: Params): Record<string, unknown> {
  const effect = text(p, 'message_effect_id')
  return {
    ...(flag(p, 'protect_content') ? { has_protected_content: true } : {}),
    ...(effect ? { effect_id: effect } : {}),
  }
}

const privateOnly = [
  ['request_contact', 'phone number can be requested in private chats only'],
  ['request_location', 'location can be requested in private chats only'],
  ['request_poll', 'poll can be requested in private chats only'],
  ['web_app', 'Web App buttons can be used in private chats only'],
  ['request_users', 'users can be requested in private chats only'],
  ['request_chat', 'chats can be requested in private chats only'],
] as const

/** What of the markup this room does not take. */
function markupProblem(room: Room, markup: Markup | undefined): string | undefined {
  if (room.info.type === 'private' || !markup) return undefined
  if (markup.kind === 'inline')
    return markup.rows.flat().some((button) => button.web_app) ? 'BUTTON_TYPE_INVALID' : undefined
  if (markup.kind !== 'keyboard') return undefined
  const keys = markup.keyboard.rows.flat()
  return privateOnly.find(([field]) => keys.some((key) => key[field]))?.[1]
}

/** What of the content this person does not take. */
const contentProblem = (w: World, room: Room, content: Record<string, unknown>): string | undefined =>
  room.info.type === 'private' && ownerOf(w, room).forbidsVoice && (content.voice ?? content.video_note)
    ? 'VOICE_MESSAGES_FORBIDDEN'
    : undefined

/** Sends `content` to the room of the call, as all `send…` methods do. The content is read only when the room can be written to. */
export function send(
  { world, params, uploads }: Pick<Call, 'world' | 'params' | 'uploads'>,
  read: (call: Pick<Call, 'world' | 'params' | 'uploads'>) => Checked<Record<string, unknown>>,
): Checked<Message> {
  const found = writableRoom(world, params)
  if (!found.ok) return found
  const room = found.value
  const topic = topicOf(world, room, params)
  if (!topic.ok) return topic
  const content = read({ world, params, uploads })
  if (!content.ok) return content
  const reply = repliedTo(room, params)
  if (!reply.ok) return reply
  const quote = quotedFrom(reply.value, params)
  if (!quote.ok) return quote
  const markup = readMarkup(params)
  if (!markup.ok) return markup
  const problem = markupProblem(room, markup.value) ?? contentProblem(world, room, content.value)
  if (problem !== undefined) return bad(problem)
  const keyboard =
    markup.value?.kind === 'inline' ? { reply_markup: { inline_keyboard: markup.value.rows } } : {}
  const answered = reply.value ?? messageOf(room, topic.value?.id)
  const message = addMessage(world, room, world.bot, {
    ...(topic.value ? { message_thread_id: topic.value.id, is_topic_message: true } : {}),
    ...(answered ? { reply_to_message: asReplied(answered) } : {}),
    ...quote.value,
    ...content.value,
    ...options(params),
    ...keyboard,
  })
  if (markup.value && markup.value.kind !== 'inline') room.locked.add(message.message_id)
  applyMarkup(room, message, markup.value)
  return done(message)
}
