// A tile of a log's subtree hashes, as it is published: only what leads to the root that was signed last.
import {
  FULL,
  fullTileHolds,
  planRoot,
  planTile,
  type Tile,
  tilesOfProof,
  widestTile,
} from '../core/audit/tiles.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { cycleByName } from '../store/cycles.ts'
import { tilesOf } from '../store/tiles.ts'
import type { App } from './app.ts'
import { hashesOf, proofTogether } from './log-tiles.ts'
import { equal } from '../core/bytes.ts'
import { type HeadFault, headTogether } from './trusted-head.ts'

/** `tile`: what is stored of it leads to no signed root. */
export type TileProblem = HeadFault | { kind: 'tile'; level: number; index: number }

type Tree = { size: number; root: Uint8Array }

/** Its hashes, 32 bytes each; undefined where there is no such cycle, or its log has no such tile or a narrower one. */
export async function readTile(
  app: App,
  slug: string,
  wanted: Tile,
): Promise<Result<Uint8Array | undefined, TileProblem>> {
  const cycle = await cycleByName(app.db, slug)
  if (!cycle) return ok(undefined)
  const head = await headTogether(app, cycle.id)
  if (!head.ok) return head
  const tile = head.value && widestTile(wanted, head.value.size)
  if (!head.value || !tile) return ok(undefined)
  const { level, index } = tile
  const hashes = await (tile.width === FULL ? fullTile : edgeTile)(app, cycle.id, tile, head.value)
  return hashes ? ok(hashes.slice(0, wanted.width * 32)) : fail({ kind: 'tile', level, index })
}

/** By its path: what else is read for it is 32 bytes a step. */
async function fullTile(app: App, log: number, tile: Tile, tree: Tree): Promise<Uint8Array | undefined> {
  const [path, read] = await Promise.all([
    proofTogether(app.db, log, planTile(tile, tree.size)),
    tilesOf(app.db, log, [tile]),
  ])
  const hashes = read(tile)
  const holds = path && (await app.inTurn(() => fullTileHolds({ ...tile, hashes }, tree, path)))
  return holds ? hashes : undefined
}

/** The unfinished tiles together are the root. What is stored may have grown since the head was read: the beginning counts. */
async function edgeTile(
  app: App,
  log: number,
  tile: Tile,
  { size, root }: Tree,
): Promise<Uint8Array | undefined> {
  const plan = planRoot(size)
  const read = await tilesOf(app.db, log, tilesOfProof(plan))
  const [made] = (await app.inTurn(() => hashesOf(plan, read))) ?? []
  return made && equal(made, root) ? read(tile) : undefined
}
