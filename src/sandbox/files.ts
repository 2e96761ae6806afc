// Files people and the bot sent: kept in memory, named by file_id, on disk too when the sandbox has a folder.
import { createHash, randomBytes } from 'node:crypto'

export type FileKind =
  | 'photo'
  | 'voice'
  | 'document'
  | 'sticker'
  | 'video'
  | 'audio'
  | 'animation'
  | 'video_note'
export interface StoredFile {
  file_id: string
  file_unique_id: string
  kind: FileKind
  /** The path under /file/bot<token>/. */
  path: string
  mime: string
  name?: string
  width?: number
  height?: number
  duration?: number
  /** What the file pretends to weigh, in bytes; absent: what it does. */
  size?: number
  data: Buffer
}
export interface FileStore {
  readonly byId: Map<string, StoredFile>
  readonly byPath: Map<string, StoredFile>
  next: number
}

/** An empty store. */
export const fileStore = (): FileStore => ({ byId: new Map(), byPath: new Map(), next: 0 })

const folders: Record<FileKind, string> = {
  photo: 'photos',
  voice: 'voice',
  document: 'documents',
  sticker: 'stickers',
  video: 'videos',
  audio: 'music',
  animation: 'animations',
  video_note: 'video_notes',
}
// Real ids tell their kind by the first letters; clients may show them, so ours do too.
const prefixes: Record<FileKind, string> = {
  photo: 'AgAC',
  voice: 'AwAC',
  document: 'BQAC',
  sticker: 'CAAC',
  video: 'BAAC',
  audio: 'CQAC',
  animation: 'CgAC',
  video_note: 'DQAC',
}

/** Keeps a file and gives it its ids and path. */
export function addFile(
  store: FileStore,
  kind: FileKind,
  data: Buffer,
  extension: string,
  about: Pick<StoredFile, 'mime'> & Partial<Pick<StoredFile, 'name' | 'width' | 'height' | 'duration'>>,
): StoredFile {
  const file: StoredFile = {
    file_id: prefixes[kind] + randomBytes(36).toString('base64url'),
    file_unique_id: `AQAD${createHash('sha256').update(data).digest('base64url').slice(0, 12)}`,
    kind,
    path: `${folders[kind]}/file_${store.next++}.${extension}`,
    ...about,
    data,
  }
  restoreFile(store, file)
  return file
}

/** Puts a file back under its ids. */
export function restoreFile(store: FileStore, file: StoredFile): void {
  store.byId.set(file.file_id, file)
  store.byPath.set(file.path, file)
}
