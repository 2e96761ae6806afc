// A cycle's log: its signed tree head, its tiles, its key; and the bundle of what was published.
import { FULL, readTilePath } from '../core/audit/tiles.ts'
import { ok, type Result } from '../core/result.ts'
import type { App } from '../use-cases/app.ts'
import { lastCheckpoint } from '../use-cases/last-checkpoint.ts'
import { logVerifierKey } from '../use-cases/log-key.ts'
import { makeBundle } from '../use-cases/make-bundle.ts'
import { readCheckpoints } from '../use-cases/read-checkpoints.ts'
import { readTile, type TileProblem } from '../use-cases/read-tile.ts'
import { type Page, pageOf, plain } from './page.ts'

/** A new head is signed every few seconds while people vote. */
const HEAD_SECONDS = 5
/** A log keeps its key, and an unfinished tile as it was at a size. */
const KEY_SECONDS = 3600
const YEAR_SECONDS = 31_536_000

/** Of a cycle's log: its last signed head, every checkpoint one after the other, on one line the key that signs heads and receipts, or a tile of C2SP tlog-tiles. */
export async function logPage(
  app: App,
  slug: string,
  what: string,
): Promise<Result<Page | undefined, TileProblem>> {
  if (what === 'checkpoint') {
    const note = await lastCheckpoint(app, slug)
    return note.ok ? ok(note.value === undefined ? undefined : plain(200, note.value, HEAD_SECONDS)) : note
  }
  if (what === 'key') {
    const key = await logVerifierKey(app, slug)
    return ok(key === undefined ? undefined : plain(200, `${key}\n`, KEY_SECONDS))
  }
  if (what === 'checkpoints') {
    const kept = await readCheckpoints(app, slug)
    if (!kept.ok) return kept
    const notes = kept.value?.map(({ note }) => note).join('')
    return ok(notes === undefined ? undefined : plain(200, notes, HEAD_SECONDS))
  }
  const tile = readTilePath(what)
  const hashes = tile ? await readTile(app, slug, tile) : ok(undefined)
  if (!tile || !hashes.ok || !hashes.value) return hashes.ok ? ok(undefined) : hashes
  const page = pageOf(200, 'application/octet-stream', hashes.value, KEY_SECONDS)
  return ok(tile.width === FULL ? { ...page, maxAge: YEAR_SECONDS, immutable: true } : page)
}

/** The bundle of a published vote; none before, and none that does not hold. */
export async function bundlePage(app: App, slug: string): Promise<Page | undefined> {
  const made = await makeBundle(app, slug)
  return made.ok ? pageOf(200, 'application/zip', made.value.bytes, KEY_SECONDS) : undefined
}
