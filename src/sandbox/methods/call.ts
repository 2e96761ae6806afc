// What every method of the Bot API gets, and the checks that many of them share.
import type { Checked } from '../answer.ts'
import { bad, done, refuse } from '../answer.ts'
import type { Params, Upload } from '../params.ts'
import { flag, int, isObject, json, text } from '../params.ts'
import { messageOf, ownerOf } from '../rooms.ts'
import type { Message, Room, World } from '../state.ts'

export interface Call {
  world: World
  params: Params
  uploads: Map<string, Upload>
  /** Registers what to do when the caller hangs up. */
  onClose: (listener: () => void) => void
}
export type Method = (call: Call) => Checked<unknown> | Promise<Checked<unknown>>

/** The room of `chat_id`; read access, so a person who blocked the bot is found too. */
export function roomOf(w: World, p: Params, name = 'chat_id'): Checked<Room> {
  const id = text(p, name)?.trim()
  if (!id) return bad(`${name} is empty`)
  const room = w.rooms.get(Number(id))
  return room ? done(room) : bad('chat not found')
}

/** The room of `chat_id` when the bot may write there. */
export function writableRoom(w: World, p: Params): Checked<Room> {
  const found = roomOf(w, p)
  if (!found.ok) return found
  const { blocked, started } = ownerOf(w, found.value)
  if (blocked) return refuse(403, 'Forbidden: bot was blocked by the user')
  if (!started) return refuse(403, "Forbidden: bot can't initiate conversation with a user")
  return found
}

/** The message of `chat_id` and `message_id`, or "`what` not found". */
export function messageAt(w: World, p: Params, what: string): Checked<{ room: Room; message: Message }> {
  const room = roomOf(w, p)
  if (!room.ok) return room
  const message = messageOf(room.value, int(p, 'message_id'))
  return message ? done({ room: room.value, message }) : bad(`${what} not found`)
}

/** The message to reply to; undefined when none is asked for, or it is gone and the call allows that. */
export function repliedTo(room: Room, p: Params): Checked<Message | undefined> {
  const given = json(p, 'reply_parameters')
  if (given === null) return bad("can't parse reply parameters JSON object")
  if (given !== undefined && !isObject(given)) return bad('object expected as reply parameters')
  const from = given ?? {}
  const id = int(from, 'message_id') ?? int(p, 'reply_to_message_id')
  if (id === undefined || id === 0) return done(undefined)
  const message = messageOf(room, id)
  if (message) return done(message)
  const lenient = flag(from, 'allow_sending_without_reply') || flag(p, 'allow_sending_without_reply')
  return lenient ? done(undefined) : bad('message to be replied not found')
}
