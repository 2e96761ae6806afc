// The kit to be kept: it is opened from the disk, not here, so that what is typed into it is typed on a page that has no server.
import { readFile } from 'node:fs/promises'
import { type Page, pageOf } from './page.ts'

const KIT_SECONDS = 3600

/** `path`: of the file. A browser saves bytes of no known type. */
export const kitPage = async (path: string): Promise<Page> =>
  pageOf(200, 'application/octet-stream', await readFile(path), KIT_SECONDS)
