// What a person does in the chat: writes, shares, edits, blocks. Each act becomes an update for the bot.
import { addMessage, asReplied, messageOf, replaceMessage, touch } from './rooms.ts'
import type { StoredFile } from './files.ts'
import { addFile } from './files.ts'
import { plain } from './formatted.ts'
import { addPhoto, fileFields, placeOf } from './methods/media.ts'
import { textFields } from './methods/messages.ts'
import type { Params } from './params.ts'
import { flag, int, isObject, text } from './params.ts'
import type { Message, Person, Viewer, World } from './state.ts'
import { emit } from './updates.ts'

/** What the control API answers: a value, or an HTTP status with a plain reason. */
export type Told<T> = { ok: true; value: T } | { ok: false; status: number; error: string }
export const told = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })
export const cannot = (status: number, error: string): { ok: false; status: number; error: string } => ({
  ok: false,
  status,
  error,
})
type Content = Record<string, unknown>

/** A phone the person can share when none is given: made of their id. */
export const phoneOf = (person: Person): string =>
  person.phone_number ?? `+7701${String(person.user.id % 10_000_000).padStart(7, '0')}`

function contactContent(person: Person, p: Params): Told<Content> {
  const { user } = person
  if (p.contact === 'own') {
    const phone = text(p, 'phone_number') ?? phoneOf(person)
    person.phone_number = phone
    const names = { first_name: user.first_name, ...(user.last_name ? { last_name: user.last_name } : {}) }
    return told({ contact: { phone_number: phone, ...names, user_id: user.id } })
  }
  if (!isObject(p.contact)) return cannot(400, 'contact is "own" or an object')
  const { phone_number, first_name, last_name, user_id } = p.contact
  if (typeof phone_number !== 'string' || typeof first_name !== 'string')
    return cannot(400, 'a contact needs phone_number and first_name')
  const optional = { ...(last_name ? { last_name } : {}), ...(user_id === undefined ? {} : { user_id }) }
  return told({ contact: { phone_number, first_name, ...optional } })
}

function fileContent(w: World, p: Params): Told<Content> {
  const kind = (['photo', 'voice', 'document'] as const).find((name) => typeof p[name] === 'string')
  const data = kind && Buffer.from(text(p, kind) ?? '', 'base64')
  if (!kind || !data || data.length === 0) return cannot(400, 'the file is empty or not base64')
  let file: StoredFile
  if (kind === 'photo') {
    const added = addPhoto(w, data)
    if (!added.ok) return cannot(400, added.description)
    file = added.value
  } else if (kind === 'voice') {
    file = addFile(w.files, kind, data, 'oga', { mime: 'audio/ogg', duration: int(p, 'duration') ?? 1 })
  } else {
    const name = text(p, 'file_name') ?? 'file'
    const mime = text(p, 'mime_type') ?? 'application/octet-stream'
    file = addFile(w.files, kind, data, /\.([a-z0-9]{1,8})$/i.exec(name)?.[1] ?? 'bin', { mime, name })
  }
  const caption = plain(text(p, 'caption') ?? '')
  if (caption.text.length > 1024) return cannot(400, 'a caption has at most 1024 characters')
  return told({ ...fileFields(file), ...textFields(caption, 'caption') })
}

function contentOf(w: World, person: Person, p: Params): Told<Content> {
  if (p.text !== undefined) {
    const written = plain(text(p, 'text') ?? '')
    if (written.text === '') return cannot(400, 'the text is empty')
    if (written.text.length > 4096) return cannot(400, 'a message has at most 4096 characters')
    return told(textFields(written))
  }
  if (p.contact !== undefined) return contactContent(person, p)
  if (p.location !== undefined) {
    const place = isObject(p.location) ? placeOf(p.location) : undefined
    return place?.ok
      ? told({ location: place.value })
      : cannot(400, 'a location needs latitude and longitude')
  }
  if (typeof p.sticker === 'string') {
    const data = Buffer.from(p.sticker)
    const file = addFile(w.files, 'sticker', data, 'webp', { mime: 'image/webp' })
    return told({ sticker: { ...(fileFields(file).sticker as object), emoji: p.sticker } })
  }
  if (['photo', 'voice', 'document'].some((name) => p[name] !== undefined)) return fileContent(w, p)
  return cannot(400, 'nothing to send: text, contact, location, photo, voice, document or sticker')
}

export interface Sent {
  message_id: number
  update_id?: number
}

/** The person sends what `p` holds; a forced reply is answered as a reply. `replyTo` is the message a keyboard came with. */
export function sendAs(w: World, viewer: Viewer, p: Params, replyTo?: number): Told<Sent> {
  const { person, room } = viewer
  if (person.blocked) return cannot(409, 'this person has blocked the bot')
  const content = contentOf(w, person, p)
  if (!content.ok) return content
  const replied = messageOf(room, int(p, 'reply_to') ?? viewer.forceReply ?? replyTo)
  person.started = true
  delete viewer.forceReply
  const at = w.clock.seconds()
  const message = addMessage(w, room, person.user, {
    ...(flag(p, 'forward')
      ? { forward_origin: { type: 'hidden_user', sender_user_name: 'Someone else', date: at } }
      : {}),
    ...(flag(p, 'via_bot') ? { via_bot: w.bot } : {}),
    ...(replied ? { reply_to_message: asReplied(replied) } : {}),
    ...content.value,
  })
  const update_id = emit(w, 'message', message, room.info.id)
  return told({ message_id: message.message_id, ...(update_id === undefined ? {} : { update_id }) })
}

/** The person changes the text (or caption) of a message of theirs. */
export function editAs(w: World, { room }: Viewer, p: Params): Told<Sent> {
  const message = messageOf(room, int(p, 'message_id'))
  if (!message || message.from.is_bot) return cannot(404, 'the person has no such message')
  const name = message.text === undefined ? 'caption' : 'text'
  const written = plain(text(p, 'text') ?? '')
  if (name === 'text' && written.text === '') return cannot(400, 'the text is empty')
  const { text: _, entities: __, caption: ___, caption_entities: ____, ...rest } = message
  const edited = { ...rest, edit_date: w.clock.seconds(), ...textFields(written, name) } as Message
  replaceMessage(w, room, edited)
  const update_id = emit(w, 'edited_message', edited, room.info.id)
  return told({ message_id: message.message_id, ...(update_id === undefined ? {} : { update_id }) })
}

/** The person blocks the bot or takes it back; the bot hears of it once. */
export function setBlocked(w: World, { person, room }: Viewer, blocked: boolean): { update_id?: number } {
  if (person.blocked === blocked) return {}
  person.blocked = blocked
  touch(w, room)
  const member = { user: w.bot, status: 'member' }
  const kicked = { user: w.bot, status: 'kicked', until_date: 0 }
  const [before, after] = blocked ? [member, kicked] : [kicked, member]
  const change = {
    chat: room.info,
    from: person.user,
    date: w.clock.seconds(),
    old_chat_member: before,
    new_chat_member: after,
  }
  const update_id = emit(w, 'my_chat_member', change, person.user.id)
  return update_id === undefined ? {} : { update_id }
}
