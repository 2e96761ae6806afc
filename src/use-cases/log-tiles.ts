// A log's subtree hashes: nothing is believed of them but what leads to a signed root.
import { rootOf } from '../core/audit/merkle.ts'
import {
  type FilledTile,
  type Growth,
  growTiles,
  growthOf,
  hashesOfSteps,
  noGrowth,
  planRoot,
  type Proof,
  type ReadTile,
  readProof,
  type Span,
  spansOf,
  tilesOfProof,
} from '../core/audit/tiles.ts'
import { equal } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Db, Tx } from '../store/db.ts'
import { leafHashes } from '../store/log.ts'
import { deleteTiles, foldedSpans, storeTiles, tilesOf } from '../store/tiles.ts'

/** The hashes of a proof, in one query; undefined where stored tiles are missing or too short. Still to be verified. */
export const proofFromTiles = async (tx: Tx, log: number, plan: Proof): Promise<Uint8Array[] | undefined> =>
  (await proofsFromTiles(tx, log, [plan])).get(plan)

/** The same for whoever asks the running program, in one query with all who ask in the same moment. */
export const proofTogether = (db: Db, log: number, plan: Proof): Promise<Uint8Array[] | undefined> =>
  db.together(`proofs of ${log}`, plan, (plans) => proofsFromTiles(db, log, plans))

async function proofsFromTiles(
  tx: Tx,
  log: number,
  plans: readonly Proof[],
): Promise<Map<Proof, Uint8Array[]>> {
  const wanted = plans.map((plan) => ({ plan, steps: spansOf(plan) }))
  const spans = new Map(wanted.flatMap(({ steps }) => steps.flat()).map((span) => [keyOf(span), span]))
  const found = await foldedSpans(tx, log, [...spans.values()])
  const roots = new Map([...spans.keys()].map((key, at) => [key, found[at]]))
  const proofs = new Map<Proof, Uint8Array[]>()
  for (const { plan, steps } of wanted) {
    const hashes = steps.map((step) => step.flatMap((span) => roots.get(keyOf(span)) ?? []))
    if (hashes.every((step, at) => step.length === steps[at]?.length)) proofs.set(plan, hashesOfSteps(hashes))
  }
  return proofs
}

const keyOf = ({ level, index, first, count }: Span): string => `${level} ${index} ${first} ${count}`

/** The hashes of a proof from tiles that were read; undefined where one is missing or too short. */
export function hashesOf(plan: Proof, read: ReadTile): Uint8Array[] | undefined {
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
  return tilesAnew(tx, log, { size, root })
}

/** All tiles of a log from its leaves; a problem when these do not lead to its signed root. */
export async function tilesAnew(
  tx: Tx,
  log: number,
  { size, root }: { size: number; root: Uint8Array },
): Promise<Result<{ growth: Growth; anew: FilledTile[] }, { kind: 'root'; size: number }>> {
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
