// What a person's message can hold, from the fields of the control API.
import { randomBytes } from 'node:crypto'
import type { StoredFile } from './files.ts'
import { addFile } from './files.ts'
import { formatted, plain } from './formatted.ts'
import { addPhoto, fileFields, placeOf } from './methods/media.ts'
import { textFields } from './methods/messages.ts'
import type { Params } from './params.ts'
import { int, isObject, text } from './params.ts'
import type { Person, World } from './state.ts'
import type { Told } from './told.ts'
import { cannot, told } from './told.ts'

export type Content = Record<string, unknown>

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

const fileKinds = ['photo', 'voice', 'document', 'video', 'audio', 'animation', 'video_note'] as const
const looks: Record<
  Exclude<(typeof fileKinds)[number], 'photo' | 'document'>,
  { extension: string; mime: string }
> = {
  voice: { extension: 'oga', mime: 'audio/ogg' },
  video: { extension: 'mp4', mime: 'video/mp4' },
  audio: { extension: 'mp3', mime: 'audio/mpeg' },
  animation: { extension: 'mp4', mime: 'video/mp4' },
  video_note: { extension: 'mp4', mime: 'video/mp4' },
}

function storedFile(w: World, kind: (typeof fileKinds)[number], data: Buffer, p: Params): Told<StoredFile> {
  if (kind === 'photo') {
    const added = addPhoto(w, data)
    return added.ok ? told(added.value) : cannot(400, added.description)
  }
  const given = text(p, 'file_name')
  if (kind === 'document') {
    const name = given ?? 'file'
    const mime = text(p, 'mime_type') ?? 'application/octet-stream'
    return told(addFile(w.files, kind, data, /\.([a-z0-9]{1,8})$/i.exec(name)?.[1] ?? 'bin', { mime, name }))
  }
  const { extension, mime } = looks[kind]
  const about = { mime: text(p, 'mime_type') ?? mime, duration: int(p, 'duration') ?? 1 }
  return told(addFile(w.files, kind, data, extension, { ...about, ...(given ? { name: given } : {}) }))
}

/** `file_size` pretends a size: what a bot cannot download need not be uploaded here. */
function fileContent(w: World, p: Params): Told<Content> {
  const kind = fileKinds.find((name) => typeof p[name] === 'string')
  const data = kind && Buffer.from(text(p, kind) ?? '', 'base64')
  if (!kind || !data || data.length === 0) return cannot(400, 'the file is empty or not base64')
  const file = storedFile(w, kind, data, p)
  if (!file.ok) return file
  const size = int(p, 'file_size')
  if (size !== undefined) file.value.size = size
  const caption = plain(text(p, 'caption') ?? '')
  if (caption.text.length > 1024) return cannot(400, 'a caption has at most 1024 characters')
  return told({ ...fileFields(file.value), ...textFields(caption, 'caption') })
}

/** Several files in one act: the bot gets as many messages with one `media_group_id`. */
export function albumOf(w: World, p: Params): Told<Content[]> {
  if (!Array.isArray(p.album) || p.album.length < 2 || p.album.length > 10)
    return cannot(400, 'album is a list of 2 to 10 files')
  const group = String(randomBytes(6).readUIntBE(0, 6) + 10 ** 10)
  const contents: Content[] = []
  for (const part of p.album as unknown[]) {
    const content = isObject(part) ? fileContent(w, part) : cannot(400, 'a part of an album is an object')
    if (!content.ok) return content
    contents.push({ media_group_id: group, ...content.value })
  }
  return told(contents)
}

function pollContent(p: Params): Told<Content> {
  const { question, options } = isObject(p.poll) ? p.poll : {}
  if (typeof question !== 'string' || !Array.isArray(options) || options.length < 2)
    return cannot(400, 'a poll needs a question and two options')
  const counted = options.map((option) => ({ text: String(option), voter_count: 0 }))
  return told({
    poll: {
      id: String(randomBytes(6).readUIntBE(0, 6)),
      question,
      options: counted,
      total_voter_count: 0,
      is_closed: false,
      is_anonymous: true,
      type: 'regular',
      allows_multiple_answers: false,
    },
  })
}

function venueContent(p: Params): Told<Content> {
  const given = isObject(p.venue) ? p.venue : {}
  const place = placeOf(given)
  const [title, address] = [text(given, 'title'), text(given, 'address')]
  if (!place.ok || !title || !address)
    return cannot(400, 'a venue needs latitude, longitude, title and address')
  return told({ venue: { location: place.value, title, address }, location: place.value })
}

/** What the message holds: one of the fields of `POST send`. */
export function contentOf(w: World, person: Person, p: Params): Told<Content> {
  if (p.text !== undefined) {
    const source = text(p, 'text') ?? ''
    const read =
      p.entities === undefined
        ? { ok: true as const, value: plain(source) }
        : formatted({ text: source, entities: p.entities }, 'text')
    if (!read.ok) return cannot(400, read.description)
    const written = read.value
    if (written.text === '') return cannot(400, 'the text is empty')
    if (written.text.length > 4096) return cannot(400, 'a message has at most 4096 characters')
    return told(textFields(written))
  }
  if (p.contact !== undefined) return contactContent(person, p)
  if (p.location !== undefined) {
    if (!isObject(p.location)) return cannot(400, 'a location needs latitude and longitude')
    const place = placeOf(p.location)
    if (!place.ok) return cannot(400, 'a location needs latitude and longitude')
    // Seconds for which it would follow the phone; here it stays where it is.
    const live = int(p.location, 'live_period')
    return told({ location: { ...place.value, ...(live === undefined ? {} : { live_period: live }) } })
  }
  if (typeof p.sticker === 'string') {
    const data = Buffer.from(p.sticker)
    const file = addFile(w.files, 'sticker', data, 'webp', { mime: 'image/webp' })
    return told({ sticker: { ...(fileFields(file).sticker as object), emoji: p.sticker } })
  }
  if (fileKinds.some((name) => p[name] !== undefined)) return fileContent(w, p)
  if (p.venue !== undefined) return venueContent(p)
  if (p.poll !== undefined) return pollContent(p)
  if (isObject(p.users_shared)) return told({ users_shared: p.users_shared })
  if (p.dice !== undefined) return told({ dice: { emoji: '🎲', value: int(p, 'dice') ?? 6 } })
  return cannot(
    400,
    'nothing to send: text, contact, location, venue, photo, voice, document, video, audio, animation, video_note, album, sticker, poll or dice',
  )
}
