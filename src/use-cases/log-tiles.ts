// A log's subtree hashes: nothing is believed of them but what leads to a signed root.
import { rootOf } from '../core/audit/merkle.ts'
import {
  type FilledTile,
  type Growth,
  growTiles,
  growthOf,
  noGrowth,
  planRoot,
  type Proof,
  type ReadTile,
  readProof,
  tilesOfProof,
} from '../core/audit/tiles.ts'
import { equal } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Tx } from '../store/db.ts'
import { leafHashes } from '../store/log.ts'
import { deleteTiles, storeTiles, tilesOf } from '../store/tiles.ts'

/** The hashes of a proof, in one query; undefined where stored tiles are missing or too short. Still to be verified. */
export async function proofFromTiles(tx: Tx, log: number, plan: Proof): Promise<Uint8Array[] | undefined> {
  return hashesOf(plan, await tilesOf(tx, log, tilesOfProof(plan)))
}

function hashesOf(plan: Proof, read: ReadTile): Uint8Array[] | undefined {
  try {
    return readProof(plan, read)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Where a log's tiles grow on; `anew`: all of them up to here, where what was stored did not lead to the signed root. */
export interface TileGrowth {
  growth: Growth
  anew: FilledTile[] | undefined
}

/**
 * `head`: what was signed last, undefined before the first. Tiles that do not lead to its root are made again from the leaves;
 * a problem when the leaves do not lead there either.
 */
export async function tileGrowth(
  tx: Tx,
  log: number,
  head: { size: number; root: Uint8Array } | undefined,
): Promise<Result<TileGrowth, { kind: 'root'; size: number }>> {
  if (!head || head.size === 0) return ok({ growth: noGrowth(), anew: undefined })
  const { size, root } = head
  const plan = planRoot(size)
  // What the root is folded from are the unfinished tiles: one that is right makes the others right.
  const read = await tilesOf(tx, log, tilesOfProof(plan))
  const [stored] = hashesOf(plan, read) ?? []
  if (stored && equal(stored, root)) return ok({ growth: growthOf(size, read), anew: undefined })
  const leaves = await leafHashes(tx, log, size)
  if (!equal(rootOf(leaves), root)) return fail({ kind: 'root', size })
  const { growth, tiles } = growTiles(noGrowth(), leaves)
  return ok({ growth, anew: tiles })
}

/** Adds leaf hashes, in the transaction that numbers the leaves. */
export async function extendTiles(
  tx: Tx,
  log: number,
  { growth, anew }: TileGrowth,
  leaves: readonly Uint8Array[],
): Promise<void> {
  if (anew) {
    await deleteTiles(tx, log)
    await storeTiles(tx, log, anew)
  }
  await storeTiles(tx, log, growTiles(growth, leaves).tiles)
}
