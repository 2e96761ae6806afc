// Photos of an idea, wherever they are sent: they are kept, an album is answered once, and a caption is what its author writes.
import type { Message } from 'grammy/types'
import { z } from 'zod'
import type { T } from '../../i18n.ts'
import { addIdeaMedia } from '../../use-cases/write-idea.ts'
import type { Who } from '../../use-cases/who-is.ts'
import type { FeatureParts } from '../parts.ts'
import type { Step } from './steps.ts'

/** A question of an idea, to whom it is asked. */
export interface Asked {
  parts: FeatureParts
  t: T
  who: Who
  now: Step
}

const ALBUM_S = 600
const albumSchema = z.object({ idea: z.int(), said: z.boolean() })
type Album = z.infer<typeof albumSchema>
const noteOf = (person: number, album: string): string => `idea-album:${person}:${album}`

/** What is known of the album that a message is a part of. `said`: its caption was taken. */
export async function albumOf({ parts, who }: Asked, message: Message): Promise<Album | undefined> {
  const album = message.media_group_id
  if (album === undefined) return undefined
  return albumSchema.safeParse(await parts.session.note(noteOf(who.id, album))).data
}

/** The other parts of this album, a question later too, belong to the same idea. */
export async function noteAlbum({ parts, who, now }: Asked, message: Message, said = false): Promise<void> {
  const album = message.media_group_id
  if (album === undefined) return
  const note: Album = { idea: now.idea, said }
  await parts.session.setNote(noteOf(who.id, album), note, ALBUM_S)
}

/** `full`: there are as many as an idea may have. `gone`: it is not theirs to write any more. */
export async function keepPhoto(
  { parts, who }: Asked,
  idea: number,
  message: Message,
): Promise<'kept' | 'full' | 'gone' | 'none'> {
  const photo = message.photo?.at(-1)
  if (!photo) return 'none'
  const added = await addIdeaMedia(parts.app, who.id, idea, {
    kind: 'photo',
    message: message.message_id,
    fileId: photo.file_id,
    uniqueId: photo.file_unique_id,
    ...(photo.file_size === undefined ? {} : { bytes: photo.file_size }),
  })
  if (added.ok) return 'kept'
  return added.problem.kind === 'full' ? 'full' : 'gone'
}

/** After a flush of the session store: a photo that came to the question of photos is kept all the same. */
export async function keepStray(asked: Asked, message: Message): Promise<void> {
  if (asked.now.step === 'photos') await keepPhoto(asked, asked.now.idea, message)
}
