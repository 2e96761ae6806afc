// What every sending method does around its content: chat, reply, markup, options, the message itself.
import type { Checked } from '../answer.ts'
import { done } from '../answer.ts'
import { applyMarkup, readMarkup } from '../markup.ts'
import type { Params } from '../params.ts'
import { flag, text } from '../params.ts'
import { addMessage, asReplied } from '../rooms.ts'
import type { Message } from '../state.ts'
import type { Call } from './call.ts'
import { repliedTo, writableRoom } from './call.ts'

/** The options a message keeps whatever its content is. */
function options(p: Params): Record<string, unknown> {
  const effect = text(p, 'message_effect_id')
  return {
    ...(flag(p, 'protect_content') ? { has_protected_content: true } : {}),
    ...(effect ? { effect_id: effect } : {}),
  }
}

/** Sends `content` to the chat of the call, as all `send…` methods do. The content is read only when the chat can be written to. */
export function send(
  { world, params, uploads }: Pick<Call, 'world' | 'params' | 'uploads'>,
  read: (call: Pick<Call, 'world' | 'params' | 'uploads'>) => Checked<Record<string, unknown>>,
): Checked<Message> {
  const room = writableRoom(world, params)
  if (!room.ok) return room
  const content = read({ world, params, uploads })
  if (!content.ok) return content
  const reply = repliedTo(room.value, params)
  if (!reply.ok) return reply
  const markup = readMarkup(params)
  if (!markup.ok) return markup
  const keyboard =
    markup.value?.kind === 'inline' ? { reply_markup: { inline_keyboard: markup.value.rows } } : {}
  const message = addMessage(world, room.value, world.bot, {
    ...(reply.value ? { reply_to_message: asReplied(reply.value) } : {}),
    ...content.value,
    ...options(params),
    ...keyboard,
  })
  if (markup.value && markup.value.kind !== 'inline') world.locked.add(message)
  applyMarkup(room.value, message, markup.value)
  return done(message)
}
