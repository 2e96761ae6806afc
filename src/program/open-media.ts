// Opens the place of copies of photos and voice notes: the store that an address names, else a folder.
import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import { mediaFolder } from '../store/media-folder.ts'
import { mediaS3 } from '../store/media-s3.ts'
import type { MediaStore } from '../store/media-store.ts'

/** Nothing is asked of it yet. */
export const openMedia = ({ mediaUrl, mediaDir }: Config): MediaStore =>
  mediaUrl ? mediaS3(mediaUrl) : mediaFolder(resolve(mediaDir))
