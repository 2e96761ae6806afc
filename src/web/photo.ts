// Photos of projects, from our own copies: only what is a picture by its bytes, and no larger than a phone can take.
import { bareImage } from '../core/bare-image.ts'
import type { MediaStore } from '../use-cases/copy-idea-media.ts'
import { type Page, pageOf } from './page.ts'

/** Telegram's photos are far below. */
const LARGEST = 3_000_000
const PHOTO_SECONDS = 86_400

/** `copy`: the name that the program gave it. Undefined: it is not there, not a picture, or too large. */
export async function photoPage(copies: MediaStore, copy: string): Promise<Page | undefined> {
  const bytes = await copies.get(copy, LARGEST)
  const image = bytes && bareImage(bytes)
  return image && pageOf(200, image.type === 'jpg' ? 'image/jpeg' : 'image/png', image.bytes, PHOTO_SECONDS)
}
