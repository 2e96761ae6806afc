// Photos, voices, documents, places and albums.
import { extname } from 'node:path'
import type { Checked } from '../answer.ts'
import { bad, done, refuse } from '../answer.ts'
import type { FileKind, StoredFile } from '../files.ts'
import { addFile } from '../files.ts'
import { captionText } from '../formatted.ts'
import { imageSize } from '../image-size.ts'
import type { Params, Upload } from '../params.ts'
import { decimal, flag, int, isObject, json, text } from '../params.ts'
import type { Message, World } from '../state.ts'
import type { Call, Method } from './call.ts'
import { writableRoom } from './call.ts'
import { textFields } from './messages.ts'
import { send } from './send.ts'

type Part = Pick<Call, 'world' | 'params' | 'uploads'>

/** Keeps a picture a person or the bot uploaded: at most 10 MB, sides 10,000 in all, no longer than 20 to 1. */
export function addPhoto(w: World, data: Buffer): Checked<StoredFile> {
  if (data.length > 10 << 20)
    return bad(`file of size ${data.length} bytes is too big for a photo; the maximum size is 10485760 bytes`)
  if (data.length === 0) return bad('file must be non-empty')
  const size = imageSize(data)
  if (!size) return bad('IMAGE_PROCESS_FAILED')
  const { width, height, mime, extension } = size
  if (width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height))
    return bad('PHOTO_INVALID_DIMENSIONS')
  return done(addFile(w.files, 'photo', data, extension, { mime, width, height }))
}

function store(w: World, kind: FileKind, upload: Upload, duration: number): Checked<StoredFile> {
  if (kind === 'photo') return addPhoto(w, upload.data)
  if (upload.data.length === 0) return bad('file must be non-empty')
  if (upload.data.length > 50 << 20) return refuse(413, 'Request Entity Too Large')
  const extension = kind === 'voice' ? 'oga' : extname(upload.name).slice(1) || 'bin'
  const mime = kind === 'voice' ? 'audio/ogg' : upload.mime
  const about = kind === 'voice' ? { mime, duration } : { mime, name: upload.name || 'file' }
  return done(addFile(w.files, kind, upload.data, extension, about))
}

/** A file by its id; the id of the small copy of a photo means the same file. */
export const fileById = (w: World, id: string): StoredFile | undefined =>
  w.files.byId.get(id.replace(/-s$/, ''))

// How Telegram's refusals call the kinds.
const called: Record<FileKind, string> = {
  photo: 'Photo',
  voice: 'VoiceNote',
  document: 'Document',
  sticker: 'Sticker',
  video: 'Video',
  audio: 'Audio',
  animation: 'Animation',
  video_note: 'VideoNote',
}

/**
 * The file a parameter means: an upload, `attach://name`, or the file_id of an earlier one. Only pictures are a class of their own: what was sent as
 * a voice may be sent again as a document, and stays a voice.
 */
function fileOf({ world, params, uploads }: Part, kind: FileKind, value: unknown): Checked<StoredFile> {
  const given = typeof value === 'string' ? value : undefined
  const upload = given?.startsWith('attach://') ? uploads.get(given.slice(9)) : uploads.get(kind)
  if (upload && (given === undefined || given.startsWith('attach://')))
    return store(world, kind, upload, int(params, 'duration') ?? 0)
  if (!given || given.startsWith('attach://')) return bad(`there is no ${kind} in the request`)
  if (/^https?:/i.test(given)) return bad('failed to get HTTP URL content')
  const known = fileById(world, given)
  if (!known) return bad('wrong file identifier/HTTP URL specified')
  return (known.kind === 'photo') === (kind === 'photo')
    ? done(known)
    : bad(`can't use file of type ${called[known.kind]} as ${called[kind]}`)
}

const idsOf = (file: StoredFile) => ({
  file_id: file.file_id,
  file_unique_id: file.file_unique_id,
  file_size: file.size ?? file.data.length,
})

const filmed = ({ duration = 0, width = 640, height = 360 }: StoredFile) => ({ duration, width, height })
const documentOf = (file: StoredFile, file_name: string) => ({
  ...idsOf(file),
  file_name,
  mime_type: file.mime,
})

/** A file as a field of a message. */
export function fileFields(file: StoredFile): Record<string, unknown> {
  switch (file.kind) {
    case 'photo': {
      const { width = 1, height = 1 } = file
      const full = { ...idsOf(file), width, height }
      const scale = 90 / Math.max(width, height)
      if (scale >= 1) return { photo: [full] }
      // A small copy comes first, under an id of its own: whoever takes the first size gets the small one.
      const small = {
        ...full,
        file_id: `${file.file_id}-s`,
        file_unique_id: `${file.file_unique_id}s`,
        width: Math.max(1, Math.round(width * scale)),
        height: Math.max(1, Math.round(height * scale)),
      }
      return { photo: [small, full] }
    }
    case 'voice':
      return { voice: { ...idsOf(file), duration: file.duration ?? 0, mime_type: file.mime } }
    case 'document':
      return { document: documentOf(file, file.name ?? 'file') }
    case 'video':
    case 'animation': {
      const name = file.name ?? `${file.kind}.mp4`
      const film = { ...idsOf(file), ...filmed(file), file_name: name, mime_type: file.mime }
      // Old clients show an animation as a document, so Telegram gives both.
      return file.kind === 'video' ? { video: film } : { animation: film, document: documentOf(file, name) }
    }
    case 'audio':
      return {
        audio: {
          ...idsOf(file),
          duration: file.duration ?? 0,
          file_name: file.name ?? 'audio.mp3',
          mime_type: file.mime,
        },
      }
    case 'video_note':
      return { video_note: { ...idsOf(file), duration: file.duration ?? 0, length: 384 } }
    case 'sticker':
      return {
        sticker: {
          ...idsOf(file),
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
        },
      }
  }
}

/** How a picture is to be shown, where it is one. */
const look = (p: Params, file: StoredFile): Record<string, unknown> =>
  file.kind === 'photo'
    ? {
        ...(flag(p, 'has_spoiler') ? { has_media_spoiler: true } : {}),
        ...(flag(p, 'show_caption_above_media') ? { show_caption_above_media: true } : {}),
      }
    : {}

function withCaption(file: StoredFile, p: Params): Checked<Record<string, unknown>> {
  const caption = captionText(p)
  return caption.ok
    ? done({ ...fileFields(file), ...textFields(caption.value, 'caption'), ...look(p, file) })
    : caption
}

const sendFile = (kind: 'photo' | 'voice' | 'document') => (call: Call) =>
  send(call, (part) => {
    const file = fileOf(part, kind, part.params[kind])
    return file.ok ? withCaption(file.value, part.params) : file
  })

/** An InputMedia object as the fields of a message. */
export function mediaContent(part: Part, media: Params): Checked<Record<string, unknown>> {
  const kind = text(media, 'type')
  if (kind !== 'photo' && kind !== 'document') return bad(`type "${kind}" is not known to this sandbox`)
  if (media.media === undefined) return bad('media not found')
  const file = fileOf(part, kind, media.media)
  return file.ok ? withCaption(file.value, media) : file
}

/** Why these do not make an album: documents and sounds stand among their own kind only. */
function albumProblem(contents: readonly Record<string, unknown>[]): string | undefined {
  if (new Set(contents.map((one) => one.show_caption_above_media === true)).size > 1)
    return 'parameter show_caption_above_media must be the same for all messages'
  const kindOf = (one: Record<string, unknown>) =>
    (['photo', 'video', 'document', 'audio'] as const).find((kind) => one[kind]) ?? 'other'
  const kinds = new Set(contents.map(kindOf))
  if (kinds.has('other')) return 'invalid message content type'
  const alone = (['document', 'audio'] as const).find((kind) => kinds.has(kind))
  return alone && kinds.size > 1 ? `${alone} can't be mixed with other media types` : undefined
}

function sendMediaGroup(call: Call): Checked<Message[]> {
  const list = json(call.params, 'media')
  if (!Array.isArray(list)) return bad('expected an Array of InputMedia')
  if (list.length === 0) return bad('there are no messages to send')
  if (list.length > 10) return bad('too many messages to send as an album')
  const room = writableRoom(call.world, call.params)
  if (!room.ok) return room
  const contents: Record<string, unknown>[] = []
  for (const media of list as unknown[]) {
    if (!isObject(media)) return bad("can't parse InputMedia: expected an Object")
    const content = mediaContent(call, media)
    if (!content.ok) return content
    contents.push(content.value)
  }
  const problem = albumProblem(contents)
  if (problem !== undefined) return bad(problem)
  // One alone is a message like any other.
  const group = contents.length > 1 ? { media_group_id: String(call.world.ids.message + 1_000_000_007) } : {}
  const { reply_markup: _, ...params } = call.params
  const sent: Message[] = []
  for (const content of contents) {
    const message = send({ ...call, params }, () => done({ ...group, ...content }))
    if (!message.ok) return message
    sent.push(message.value)
  }
  return done(sent)
}

/** latitude and longitude of a call or an inline result. */
export function placeOf(p: Params): Checked<{ latitude: number; longitude: number }> {
  const latitude = decimal(p, 'latitude')
  const longitude = decimal(p, 'longitude')
  if (latitude === undefined) return bad('latitude is empty')
  if (longitude === undefined) return bad('longitude is empty')
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return bad('wrong location specified')
  return done({ latitude, longitude })
}

function sendLocation(call: Call) {
  return send(call, ({ params }) => {
    const place = placeOf(params)
    return place.ok ? done({ location: place.value }) : place
  })
}

function sendVenue(call: Call) {
  return send(call, ({ params }) => {
    const place = placeOf(params)
    if (!place.ok) return place
    const optional = ['foursquare_id', 'foursquare_type', 'google_place_id', 'google_place_type'].flatMap(
      (name) => (text(params, name) ? [[name, text(params, name)] as const] : []),
    )
    const venue = {
      location: place.value,
      title: text(params, 'title') ?? '',
      address: text(params, 'address') ?? '',
      ...Object.fromEntries(optional),
    }
    if (!venue.title) return bad('parameter "title" is required')
    if (!venue.address) return bad('parameter "address" is required')
    return done({ venue, location: place.value })
  })
}

function sendContact(call: Call) {
  return send(call, ({ params }) => {
    const phone = text(params, 'phone_number')?.trim() ?? ''
    const first = text(params, 'first_name')?.trim() ?? ''
    if (phone === '') return bad('phone number must be non-empty')
    if (first === '') return bad('first name must be non-empty')
    const optional = ['last_name', 'vcard'].flatMap((name) => {
      const value = text(params, name)
      return value ? [[name, value] as const] : []
    })
    return done({ contact: { phone_number: phone, first_name: first, ...Object.fromEntries(optional) } })
  })
}

function getFile({ world, params }: Call) {
  const id = text(params, 'file_id') ?? ''
  if (id === '') return bad('file_id not specified')
  const file = fileById(world, id)
  if (!file) return bad('invalid file_id')
  if ((file.size ?? file.data.length) > 20 << 20) return bad('file is too big')
  return done({ ...idsOf(file), file_id: id, file_path: file.path })
}

export const mediaMethods: Record<string, Method> = {
  sendphoto: sendFile('photo'),
  sendvoice: sendFile('voice'),
  senddocument: sendFile('document'),
  sendmediagroup: sendMediaGroup,
  sendlocation: sendLocation,
  sendvenue: sendVenue,
  sendcontact: sendContact,
  getfile: getFile,
}
