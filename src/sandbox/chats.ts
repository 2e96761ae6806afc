// People and their chats: finding, adding and changing messages, and telling who watches.
import type { Chat, ChatInfo, Message, Person, User, World } from './state.ts'

export interface PersonFields {
  id?: number | undefined
  first_name: string
  last_name?: string | undefined
  username?: string | undefined
  language_code?: string | undefined
  phone_number?: string | undefined
}

/** Makes a person, or renames the one who has this id; their chat with the bot stays. */
export function putPerson(w: World, fields: PersonFields): Chat {
  let id = fields.id
  if (id === undefined) {
    do id = ++w.ids.person
    while (w.chats.has(id))
  }
  const names = {
    first_name: fields.first_name,
    ...(fields.last_name ? { last_name: fields.last_name } : {}),
    ...(fields.username ? { username: fields.username } : {}),
  }
  const user: User = {
    id,
    is_bot: false,
    ...names,
    ...(fields.language_code ? { language_code: fields.language_code } : {}),
  }
  const info: ChatInfo = { id, type: 'private', ...names }
  const known = w.chats.get(id)
  const person: Person = known?.person ?? { user, info, envelope: [], started: false, blocked: false }
  person.user = user
  person.info = info
  if (fields.phone_number) person.phone_number = fields.phone_number
  const chat: Chat = known ?? {
    person,
    messages: [],
    version: 0,
    alerts: [],
    typingUntil: 0,
    openCallbacks: 0,
    waiters: new Set(),
  }
  w.chats.set(id, chat)
  for (const listener of w.listeners) listener({ type: 'person', person: id, version: chat.version })
  w.saved()
  return chat
}

/** Counts the chat's version up and wakes those who wait for it. */
export function touch(w: World, chat: Chat): void {
  chat.version++
  const waiters = [...chat.waiters]
  chat.waiters.clear()
  for (const wake of waiters) wake()
  for (const listener of w.listeners)
    listener({ type: 'chat', person: chat.person.user.id, version: chat.version })
  w.saved()
}

function indexOf(chat: Chat, id: number): number {
  let low = 0
  let high = chat.messages.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((chat.messages[middle] as Message).message_id < id) low = middle + 1
    else high = middle
  }
  return chat.messages[low]?.message_id === id ? low : -1
}

/** The message with this id in this chat, by binary search. */
export function messageOf(chat: Chat, id: number | undefined): Message | undefined {
  return id === undefined ? undefined : chat.messages[indexOf(chat, id)]
}

/** Adds a message; ids rise through all private chats of the bot, as they do on Telegram. */
export function addMessage(w: World, chat: Chat, from: User, content: Record<string, unknown>): Message {
  const message: Message = {
    message_id: ++w.ids.message,
    from,
    chat: chat.person.info,
    date: w.clock.seconds(),
    ...content,
  }
  chat.messages.push(message)
  if (from.is_bot) chat.typingUntil = 0
  touch(w, chat)
  return message
}

/** Puts `message` in place of the one with its id. */
export function replaceMessage(w: World, chat: Chat, message: Message): void {
  const at = indexOf(chat, message.message_id)
  if (at >= 0) chat.messages[at] = message
  touch(w, chat)
}

/** Takes a message out of the chat for both sides. */
export function removeMessage(w: World, chat: Chat, id: number): void {
  const at = indexOf(chat, id)
  if (at >= 0) chat.messages.splice(at, 1)
  touch(w, chat)
}

/** A message as it is quoted in `reply_to_message`: without what it replied to itself. */
export function asReplied(message: Message): Message {
  const { reply_to_message: _, ...rest } = message
  return rest as Message
}
