// Photos and voice notes of ideas, and photos of works, lie with Telegram, where another bot's token cannot reach them: a copy is kept by the installation.
import { bareImage } from '../core/bare-image.ts'
import { LARGEST_FILE } from '../core/idea.ts'
import { allCopies, giveUpCopy, nameCopy, namedCopies, uncopied } from '../store/idea-media.ts'
import { giveUpPhotoCopy, namePhotoCopy, uncopiedPhotos } from '../store/work-answers.ts'
import type { Tx } from '../store/db.ts'
import { nameVoiceCopy, uncopiedVoices } from '../store/needs.ts'
import type { MediaStore } from '../store/media-store.ts'
import type { App } from './app.ts'

export type { MediaStore }

export interface MediaCopies {
  /** Where copies lie. */
  store: MediaStore
  /** What Telegram keeps under a file id; undefined where it has it no more or it is larger than `most` bytes. */
  download: (fileId: string, most: number) => Promise<Uint8Array | undefined>
}

const AT_ONCE = 20
/** A file that a row is about to name is left alone. Milliseconds. */
const YOUNG_MS = 10 * 60_000

/**
 * Copies what was sent and is not copied yet: how many there were. A photo loses the position that it was taken at. What is neither a
 * photo nor a voice note is not asked for again. Throws where Telegram or the store is away; what was copied by then stays.
 */
export async function copyIdeaMedia(app: App, copies: MediaCopies): Promise<number> {
  const files = await uncopied(app.db, AT_ONCE)
  for (const file of files) await copyFile(app, copies, file, OF_IDEAS)
  const photos = await uncopiedPhotos(app.db, AT_ONCE)
  for (const photo of photos) await copyFile(app, copies, { ...photo, kind: 'photo' }, OF_WORKS)
  const voices = await uncopiedVoices(app.db, AT_ONCE)
  for (const one of voices) {
    const rows = {
      nameCopy: (tx: Tx, _: number, name: string) => nameVoiceCopy(tx, one, name),
      giveUpCopy: async (tx: Tx) => void (await nameVoiceCopy(tx, one, null)),
    }
    await copyFile(app, copies, { id: one.cycle, fileId: one.voice, kind: 'voice' }, rows)
  }
  return files.length + photos.length + voices.length
}

const OF_IDEAS = { nameCopy, giveUpCopy }
const OF_WORKS = { nameCopy: namePhotoCopy, giveUpCopy: giveUpPhotoCopy }

async function copyFile(
  app: App,
  { store, download }: MediaCopies,
  { id, fileId, kind }: { id: number; fileId: string; kind: 'photo' | 'voice' },
  rows: {
    nameCopy: (tx: Tx, id: number, name: string) => Promise<boolean>
    giveUpCopy: (tx: Tx, id: number) => Promise<void>
  },
): Promise<void> {
  const bytes = await download(fileId, LARGEST_FILE)
  const copy = bytes && (kind === 'photo' ? bareImage(bytes) : voiceNote(bytes))
  if (!copy) return rows.giveUpCopy(app.db, id)
  const name = copyName(app, id, copy.type)
  await store.put(name, copy.bytes)
  if (!(await rows.nameCopy(app.db, id, name))) await store.delete(name)
}

/** A name that says nothing of a person. */
export const copyName = (app: App, id: number, type: string): string =>
  `${id}-${Buffer.from(app.random(6)).toString('hex')}.${type}`

/** As Telegram sends voice notes: Opus in Ogg (RFC 3533: each page begins so). */
const voiceNote = (bytes: Uint8Array): { type: 'oga'; bytes: Uint8Array } | undefined =>
  Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'OggS' ? { type: 'oga', bytes } : undefined

/** Removes the files of ideas that were withdrawn or erased, and what a crash left: how many. `youngMs`: younger ones stay. */
export async function sweepIdeaMedia(app: App, store: MediaStore, youngMs = YOUNG_MS): Promise<number> {
  const files = await store.list(youngMs)
  const named = new Set(await namedCopies(app.db, files))
  const orphans = files.filter((name) => !named.has(name))
  for (const name of orphans) await store.delete(name)
  return orphans.length
}

/** How many copies rows name, and those of them that the place lacks. */
export interface Copies {
  /** How the setting is called that names the place. */
  setting: MediaStore['setting']
  named: number
  missing: string[]
}

/** Changes nothing. */
export async function missingCopies(app: App, store: MediaStore): Promise<Copies> {
  const [named, there] = await Promise.all([allCopies(app.db), store.list(0)])
  const present = new Set(there)
  return { setting: store.setting, named: named.length, missing: named.filter((name) => !present.has(name)) }
}
