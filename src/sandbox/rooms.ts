// Rooms: finding, adding and changing messages, who looks at them, and telling who watches.
import type { ChatInfo, Message, Person, Room, User, Viewer, World } from './state.ts'

/** A room without messages and viewers. */
export const emptyRoom = (info: ChatInfo): Room => ({
  info,
  messages: [],
  version: 0,
  viewers: new Map(),
  typingUntil: 0,
  waiters: new Set(),
  members: new Map(),
  topics: new Map(),
  pinned: [],
  locked: new Set(),
  authors: new Map(),
  lastMessage: 0,
})

/** The person before the room; made at the first look. */
export function viewerOf(room: Room, person: Person): Viewer {
  const known = room.viewers.get(person.user.id)
  if (known) return known
  const viewer: Viewer = { person, room, alerts: [], openCallbacks: 0 }
  room.viewers.set(person.user.id, viewer)
  return viewer
}

/** The person before their private chat with the bot. */
export const privateViewer = (w: World, person: Person): Viewer =>
  viewerOf(w.rooms.get(person.user.id) as Room, person)

/** The one person of a private room. */
export const ownerOf = (w: World, room: Room): Person => w.people.get(room.info.id) as Person

/** Counts the room's version up and wakes those who wait for it. */
export function touch(w: World, room: Room): void {
  room.version++
  const waiters = [...room.waiters]
  room.waiters.clear()
  for (const wake of waiters) wake()
  const { id, type } = room.info
  const where = type === 'private' ? { person: id } : { room: id }
  for (const listener of w.listeners) listener({ type: 'chat', ...where, version: room.version })
  w.saved()
}

function indexOf(room: Room, id: number): number {
  let low = 0
  let high = room.messages.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((room.messages[middle] as Message).message_id < id) low = middle + 1
    else high = middle
  }
  return room.messages[low]?.message_id === id ? low : -1
}

/** The message with this id in this room, by binary search. */
export function messageOf(room: Room, id: number | undefined): Message | undefined {
  return id === undefined ? undefined : room.messages[indexOf(room, id)]
}

/** Who wrote the message: a person's id, or the bot's. */
export const authorOf = (room: Room, message: Message): number | undefined =>
  room.authors.get(message.message_id) ?? message.from?.id

/** Telegram's own account, in whose name anonymous administrators and upgrades speak. */
const groupAnonymousBot: User = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
}

/** The next message id: supergroups and channels count their own, all other rooms of the bot together. */
function nextMessageId(w: World, room: Room): number {
  const { type } = room.info
  return type === 'supergroup' || type === 'channel' ? ++room.lastMessage : ++w.ids.message
}

/** Adds a message of `author`; `hidden` writes it in the name of the group, as posts of a channel always are. */
export function addMessage(
  w: World,
  room: Room,
  author: User,
  content: Record<string, unknown>,
  hidden = false,
): Message {
  const channel = room.info.type === 'channel'
  const from = channel ? undefined : hidden ? groupAnonymousBot : author
  const message: Message = {
    message_id: nextMessageId(w, room),
    ...(from ? { from } : {}),
    ...(channel || hidden ? { sender_chat: room.info } : {}),
    chat: room.info,
    date: w.clock.seconds(),
    ...content,
  }
  if (from !== author) room.authors.set(message.message_id, author.id)
  room.messages.push(message)
  if (author === w.bot) room.typingUntil = 0
  touch(w, room)
  return message
}

/** Puts `message` in place of the one with its id. */
export function replaceMessage(w: World, room: Room, message: Message): void {
  const at = indexOf(room, message.message_id)
  if (at >= 0) room.messages[at] = message
  touch(w, room)
}

/** Takes a message out of the room for all sides. */
export function removeMessage(w: World, room: Room, id: number): void {
  const at = indexOf(room, id)
  if (at >= 0) room.messages.splice(at, 1)
  touch(w, room)
}

/** A message as it is quoted in `reply_to_message`: without what it replied to itself. */
export function asReplied(message: Message): Message {
  const { reply_to_message: _, ...rest } = message
  return rest as Message
}
