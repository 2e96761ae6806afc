// Photos and other files, both ways, and the places a bot can send.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

/** The head of a PNG of this size; the server reads no more of it. */
function png(width: number, height: number, bytes = 64): Buffer {
  const data = Buffer.alloc(bytes)
  data.writeUInt32BE(0x89504e47, 0)
  data.writeUInt32BE(width, 16)
  data.writeUInt32BE(height, 20)
  return data
}

let room: Room
let ann: Someone
beforeEach(async () => {
  room = await openRoom()
  ann = await room.person('Ann')
  await ann.says('/start')
  await room.updates()
})
afterEach(() => room.close())

async function upload(method: string, fields: Record<string, string>, files: Record<string, Buffer>) {
  const form = new FormData()
  form.set('chat_id', String(ann.id))
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  for (const [name, data] of Object.entries(files))
    form.set(name, new Blob([new Uint8Array(data)], { type: 'image/png' }), `${name}.png`)
  const { url, token } = room.sandbox
  return (await fetch(`${url}/bot${token}/${method}`, { method: 'POST', body: form })).json()
}

describe('photos', () => {
  test('an upload gets a small and a full size, and its file_id sends it again', async () => {
    const sent = await upload(
      'sendPhoto',
      { caption: '<b>Well</b>', parse_mode: 'HTML' },
      { photo: png(800, 600) },
    )
    const { photo, caption, caption_entities } = sent.result
    expect([caption, caption_entities]).toEqual(['Well', [{ type: 'bold', offset: 0, length: 4 }]])
    expect(photo.map((p: { width: number }) => p.width)).toEqual([90, 800])
    const again = await room.does('sendPhoto', { chat_id: ann.id, photo: photo.at(-1).file_id })
    expect(again.photo).toEqual(photo)
    const { messages } = await ann.sees('?last=1')
    expect(messages[0].photo).toMatchObject({ file_id: photo.at(-1).file_id, width: 800 })
    const shown = await fetch(room.sandbox.url + messages[0].photo.url)
    expect([shown.headers.get('content-type'), (await shown.arrayBuffer()).byteLength]).toEqual([
      'image/png',
      64,
    ])
  })

  test('attach:// names a part of the upload', async () => {
    const sent = await upload('sendPhoto', { photo: 'attach://here' }, { here: png(20, 20) })
    expect(sent.result.photo).toHaveLength(1)
  })

  test('what Telegram would not take as a photo is refused in its words', async () => {
    const refused = async (data: Buffer) => (await upload('sendPhoto', {}, { photo: data })).description
    expect(await refused(Buffer.from('not a picture, only words in a file'))).toBe(
      'Bad Request: IMAGE_PROCESS_FAILED',
    )
    expect(await refused(png(9000, 2000))).toBe('Bad Request: PHOTO_INVALID_DIMENSIONS')
    expect(await refused(png(10, 201))).toBe('Bad Request: PHOTO_INVALID_DIMENSIONS')
    expect(await refused(png(10, 10, (10 << 20) + 1))).toBe(
      'Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes',
    )
    expect((await room.bot('sendPhoto', { chat_id: ann.id, photo: 'AgACnone' })).description).toBe(
      'Bad Request: wrong file identifier/HTTP URL specified',
    )
    expect((await room.bot('sendPhoto', { chat_id: ann.id })).description).toBe(
      'Bad Request: there is no photo in the request',
    )
  })

  test("a person's photo can be fetched by the bot, and only with its token", async () => {
    await ann.sends({ photo: png(640, 480).toString('base64'), caption: 'here' })
    const [{ message }] = await room.updates()
    expect(message.caption).toBe('here')
    const { file_path } = await room.does('getFile', { file_id: message.photo.at(-1).file_id })
    const { url, token } = room.sandbox
    const data = await (await fetch(`${url}/file/bot${token}/${file_path}`)).arrayBuffer()
    expect(Buffer.from(data).equals(png(640, 480))).toBe(true)
    expect((await fetch(`${url}/file/bot1:wrong/${file_path}`)).status).toBe(401)
    expect((await room.bot('getFile', { file_id: 'x' })).description).toBe('Bad Request: invalid file_id')
  })
})

test('a caption is edited, a photo replaced, and a text message has no caption to edit', async () => {
  const { result } = await upload('sendPhoto', { caption: 'one' }, { photo: png(50, 50) })
  const at = { chat_id: ann.id, message_id: result.message_id }
  expect(await room.does('editMessageCaption', { ...at, caption: 'two' })).toMatchObject({ caption: 'two' })
  expect((await room.bot('editMessageCaption', { ...at, caption: 'two' })).description).toContain(
    'not modified',
  )
  expect((await room.bot('editMessageText', { ...at, text: 'x' })).description).toBe(
    'Bad Request: there is no text in the message to edit',
  )
  const media = { type: 'photo', media: 'attach://new', caption: 'three' }
  const edited = await upload(
    'editMessageMedia',
    { message_id: String(result.message_id), media: JSON.stringify(media) },
    { new: png(70, 50) },
  )
  expect(edited.result).toMatchObject({ caption: 'three', photo: [{ width: 70 }] })
})

test('documents and voices are sent, and not taken for one another', async () => {
  const sent = await upload('sendDocument', { caption: 'protocol' }, { document: Buffer.from('%PDF') })
  const { document } = sent.result
  expect(document).toMatchObject({ file_name: 'document.png', file_size: 4 })
  expect((await room.bot('sendPhoto', { chat_id: ann.id, photo: document.file_id })).description).toBe(
    "Bad Request: can't use file of type Document as Photo",
  )
  const voice = await upload('sendVoice', { duration: '3' }, { voice: Buffer.from('ogg') })
  expect(voice.result.voice).toMatchObject({ duration: 3 })
})

describe('an album', () => {
  const files = { a: png(30, 30), b: png(40, 40) }
  const album = (...media: object[]) => upload('sendMediaGroup', { media: JSON.stringify(media) }, files)
  const photo = { type: 'photo', media: 'attach://a' }
  const document = { type: 'document', media: 'attach://b' }

  test('is messages of one group; one alone is of none', async () => {
    const sent = (await album(photo, photo)).result
    expect(sent).toHaveLength(2)
    expect(new Set(sent.map((m: { media_group_id: string }) => m.media_group_id)).size).toBe(1)
    const [alone] = (await album(photo)).result
    expect(alone.media_group_id).toBeUndefined()
  })

  test.each([
    ['nothing', [], 'there are no messages to send'],
    ['eleven', Array.from({ length: 11 }, () => photo), 'too many messages to send as an album'],
    ['a photo and a document', [photo, document], "document can't be mixed with other media types"],
    [
      'one caption above and one below',
      [photo, { ...photo, show_caption_above_media: true }],
      'parameter show_caption_above_media must be the same for all messages',
    ],
  ])('is not %s', async (_, media, why) => {
    expect((await album(...media)).description).toBe(`Bad Request: ${why}`)
    expect((await ann.sees()).messages).toHaveLength(1)
  })
})

test('what was sent as a voice can be sent again as a document and stays a voice; a photo is another matter', async () => {
  const { voice } = (await upload('sendVoice', {}, { voice: Buffer.from('ogg') })).result
  const again = await room.does('sendDocument', { chat_id: ann.id, document: voice.file_id })
  expect(again).toMatchObject({ voice: { file_id: voice.file_id } })
  expect(await room.bot('sendPhoto', { chat_id: ann.id, photo: voice.file_id })).toMatchObject({
    description: "Bad Request: can't use file of type VoiceNote as Photo",
  })
})

test('a veil over a photo and a caption above it are kept, copied, and lifted by an edit', async () => {
  const veiled = { has_spoiler: 'true', show_caption_above_media: 'true', caption: 'x' }
  const { message_id, ...sent } = (await upload('sendPhoto', veiled, { photo: png(30, 30) })).result
  const look = { has_media_spoiler: true, show_caption_above_media: true }
  expect(sent).toMatchObject(look)
  await room.does('copyMessage', { chat_id: ann.id, from_chat_id: ann.id, message_id })
  const media = { type: 'photo', media: sent.photo.at(-1).file_id, caption: 'x' }
  const lifted = await room.does('editMessageMedia', { chat_id: ann.id, message_id, media })
  expect(lifted.has_media_spoiler).toBeUndefined()
})

test('a file without an id is not asked for', async () => {
  expect((await room.bot('getFile')).description).toBe('Bad Request: file_id not specified')
})

test('a place and a venue are sent with their coordinates', async () => {
  const place = { latitude: 50.41, longitude: 80.22 }
  expect(await room.does('sendLocation', { chat_id: ann.id, ...place })).toMatchObject({ location: place })
  const venue = { ...place, title: 'Desk', address: 'Abai 1', foursquare_id: 'f', google_place_type: 'hall' }
  expect(await room.does('sendVenue', { chat_id: ann.id, ...venue })).toMatchObject({
    venue: {
      location: place,
      title: 'Desk',
      address: 'Abai 1',
      foursquare_id: 'f',
      google_place_type: 'hall',
    },
  })
  expect((await room.bot('sendLocation', { chat_id: ann.id, latitude: 1 })).description).toBe(
    'Bad Request: longitude is empty',
  )
})
