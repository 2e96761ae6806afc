// `--fresh` empties the checkout's own folder; a database that somebody configured is never emptied.
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import { embeddedUrl, startEmbedded } from '../embedded/embedded.ts'

/** Throws where DATABASE_URL is set. */
export async function beginAnew(config: Config): Promise<void> {
  if (config.databaseUrl)
    throw new Error('--fresh empties the embedded database only, and DATABASE_URL is set')
  const dir = resolve(config.dir)
  if (await embeddedUrl(dir)) await (await startEmbedded({ dir })).stop()
  await rm(dir, { recursive: true, force: true })
}
