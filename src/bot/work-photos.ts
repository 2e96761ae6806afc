// Photos of works as messages of their own: by Telegram's id, or the copy that is kept of one that a command handed in or another bot knew.
import type { WorkPhoto } from '../use-cases/read-works.ts'
import { sendFiles } from './kept-files.ts'
import type { FeatureParts } from './parts.ts'
import type { Speaker } from './speaker.ts'

/** Telegram takes so many in an album. */
const ALBUM = 10

/** Albums of ten at most, or one photo. Where nothing of it is to be had any more, nothing is sent. */
export function sendWorkPhotos(
  { copies: store }: FeatureParts,
  speak: Speaker,
  photos: readonly WorkPhoto[],
): void {
  const files = photos.map(({ fileId, copy }) => ({ kind: 'photo' as const, fileId, copy }))
  for (let at = 0; at < files.length; at += ALBUM)
    speak.also((api, chat) =>
      sendFiles(api, chat, files.slice(at, at + ALBUM), { store, renew: async (_, fresh) => fresh }),
    )
}
