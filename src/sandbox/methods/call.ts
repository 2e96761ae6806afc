// What every method of the Bot API gets, and the checks that many of them share.
import type { Checked } from '../answer.ts'
import { bad, done, refuse } from '../answer.ts'
import { messageOf } from '../chats.ts'
import type { Params, Upload } from '../params.ts'
import { flag, int, isObject, json, text } from '../params.ts'
import type { Chat, Message, World } from '../state.ts'

export interface Call {
  world: World
  params: Params
  uploads: Map<string, Upload>
  /** Registers what to do when the caller hangs up. */
  onClose: (listener: () => void) => void
}
export type Method = (call: Call) => Checked<unknown> | Promise<Checked<unknown>>

/** The chat of `chat_id`; read access, so a person who blocked the bot is found too. */
export function chatOf(w: World, p: Params, name = 'chat_id'): Checked<Chat> {
  const id = text(p, name)?.trim()
  if (!id) return bad(`${name} is empty`)
  const chat = w.chats.get(Number(id))
  return chat ? done(chat) : bad('chat not found')
}

/** The chat of `chat_id` when the bot may write there. */
export function writableChat(w: World, p: Params): Checked<Chat> {
  const found = chatOf(w, p)
  if (!found.ok) return found
  if (found.value.person.blocked) return refuse(403, 'Forbidden: bot was blocked by the user')
  if (!found.value.person.started)
    return refuse(403, "Forbidden: bot can't initiate conversation with a user")
  return found
}

/** The message of `chat_id` and `message_id`, or "`what` not found". */
export function messageAt(w: World, p: Params, what: string): Checked<{ chat: Chat; message: Message }> {
  const chat = chatOf(w, p)
  if (!chat.ok) return chat
  const message = messageOf(chat.value, int(p, 'message_id'))
  return message ? done({ chat: chat.value, message }) : bad(`${what} not found`)
}

/** The message to reply to; undefined when none is asked for, or it is gone and the call allows that. */
export function repliedTo(chat: Chat, p: Params): Checked<Message | undefined> {
  const given = json(p, 'reply_parameters')
  if (given === null) return bad("can't parse reply parameters JSON object")
  if (given !== undefined && !isObject(given)) return bad('object expected as reply parameters')
  const from = given ?? {}
  const id = int(from, 'message_id') ?? int(p, 'reply_to_message_id')
  if (id === undefined || id === 0) return done(undefined)
  const message = messageOf(chat, id)
  if (message) return done(message)
  const lenient = flag(from, 'allow_sending_without_reply') || flag(p, 'allow_sending_without_reply')
  return lenient ? done(undefined) : bad('message to be replied not found')
}
