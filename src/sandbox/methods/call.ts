// What every method of the Bot API gets, and the checks that many of them share.
import type { Checked } from '../answer.ts'
import { bad, done, refuse } from '../answer.ts'
import { isPresent, may, memberOf } from '../members.ts'
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

/** What the bot wants of a room: to look, to ask for its members, to change what stands there, to write. */
export type Access = 'read' | 'members' | 'edit' | 'write'

/** The room of `chat_id` (or of the parameter `name`), when the bot has this access to it; else Telegram's refusal. */
export function roomOf(w: World, p: Params, access: Access = 'read', name = 'chat_id'): Checked<Room> {
  const id = text(p, name)?.trim()
  if (!id) return bad(`${name} is empty`)
  const room = id.startsWith('@') ? publicRoom(w, id.slice(1)) : w.rooms.get(Number(id))
  if (!room) return bad('chat not found')
  return room.info.type === 'private' ? privateAccess(w, room, access) : groupAccess(w, room, access)
}

const publicRoom = (w: World, name: string): Room | undefined =>
  [...w.rooms.values()].find(
    ({ info }) => info.type !== 'private' && info.username?.toLowerCase() === name.toLowerCase(),
  )

function privateAccess(w: World, room: Room, access: Access): Checked<Room> {
  const { deactivated, blocked, started, met } = ownerOf(w, room)
  if (!started && !met) return bad('chat not found')
  if (deactivated && (access === 'edit' || access === 'write'))
    return refuse(403, 'Forbidden: user is deactivated')
  if (access !== 'write') return done(room)
  if (blocked) return refuse(403, 'Forbidden: bot was blocked by the user')
  return started ? done(room) : refuse(403, "Forbidden: bot can't initiate conversation with a user")
}

function groupAccess(w: World, room: Room, access: Access): Checked<Room> {
  const { type } = room.info
  const bot = room.members.get(w.bot.id)
  if (!bot) return bad('chat not found')
  if (room.migratedTo !== undefined && (access === 'write' || access === 'members'))
    return {
      ...bad('group chat was upgraded to a supergroup chat'),
      parameters: { migrate_to_chat_id: room.migratedTo },
    }
  if (isPresent(bot) || (type === 'group' && access === 'read')) return done(room)
  const what = bot.status === 'kicked' ? 'was kicked from' : 'is not a member of'
  return refuse(403, `Forbidden: bot ${what} the ${type} chat`)
}

/** The room of `chat_id` when the bot may write there. */
export function writableRoom(w: World, p: Params): Checked<Room> {
  const found = roomOf(w, p, 'write')
  if (!found.ok || found.value.info.type !== 'channel') return found
  return may(memberOf(found.value, w.bot.id), 'can_post_messages')
    ? found
    : bad('need administrator rights in the channel chat')
}

/** The message of `chat_id` and `message_id`, or "`what` not found". */
export function messageAt(
  w: World,
  p: Params,
  what: string,
  access: Access = 'edit',
): Checked<{ room: Room; message: Message }> {
  const room = roomOf(w, p, access)
  if (!room.ok) return room
  const message = messageOf(room.value, int(p, 'message_id'))
  return message ? done({ room: room.value, message }) : bad(`${what} not found`)
}

/** Longest quote of a reply, in UTF-16 units. */
const LONGEST_QUOTE = 1024

/** What `reply_parameters` quotes of the message, as the message carries it; its words must stand there exactly. */
export function quotedFrom(replied: Message | undefined, p: Params): Checked<Record<string, unknown>> {
  const given = json(p, 'reply_parameters')
  const quote = isObject(given) ? (text(given, 'quote') ?? '') : ''
  if (!replied || quote === '') return done({})
  const words = String(replied.text ?? replied.caption ?? '')
  const position = words.indexOf(quote)
  if (position < 0 || quote.length > LONGEST_QUOTE) return bad('QUOTE_TEXT_INVALID')
  return done({ quote: { text: quote, position, is_manual: true } })
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
