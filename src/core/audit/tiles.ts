// Stored subtree hashes in tiles of height 8, as C2SP tlog-tiles lays them out: a proof reads a few tiles, never the whole log.
import { concat } from '../bytes.ts'
import { nodeHash, verifyInclusion } from './merkle.ts'

/**
 * 256 neighbouring hashes: at level 0 those of leaves, at level L those of full subtrees with 256^L leaves. `index` counts the
 * tiles of a level from 0; `width` is how many hashes there are, under 256 only in the last tile of a level.
 */
export type Tile = { level: number; index: number; width: number }

/** A tile with its hashes, 32 bytes each, one after the other. */
export type FilledTile = Tile & { hashes: Uint8Array }

/** The bytes of a tile that was named before: its hashes, or more of them where the log has grown since. */
export type ReadTile = (tile: Tile) => Uint8Array

/** Hashes of a full tile. */
export const FULL = 256
const HEIGHT = 8
const hashesPer = (level: number): number => FULL ** level

/** Where a tile lies: `tile/<level>/<index in groups of three digits>`, and `.p/<width>` unless it is full. */
export function tilePath({ level, index, width }: Tile): string {
  if (!isTile({ level, index, width })) throw new RangeError('no such tile')
  const groups = [String(index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  return `tile/${level}/${groups.join('/')}${width === FULL ? '' : `.p/${width}`}`
}

/** Reads a path back; undefined unless it is exactly what `tilePath` writes. */
export function readTilePath(path: string): Tile | undefined {
  const [, level = '', groups = '', width] =
    /^tile\/(\d|[1-5]\d|6[0-3])\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path) ?? []
  const tile = {
    level: Number(level),
    index: Number(groups.replace(/[x/]/g, '')),
    width: width === undefined ? FULL : Number(width),
  }
  return groups !== '' && isTile(tile) && tilePath(tile) === path ? tile : undefined
}

const isTile = ({ level, index, width }: Tile): boolean =>
  Number.isSafeInteger(index) && index >= 0 && level >= 0 && level <= 63 && width >= 1 && width <= FULL

/** A full subtree: `height` levels over the leaves, the `index`-th of its kind. */
type Node = { height: number; index: number }

/** The steps of a proof, each folded from full subtrees, left to right. */
export type Proof = { size: number; steps: readonly (readonly Node[])[] }

/** PATH(index, D[size]) to be read from tiles, from the leaf up. RangeError when there is no such leaf. */
export function planInclusion(index: number, size: number): Proof {
  if (!isCount(size) || !isCount(index) || index >= size) throw new RangeError('no such leaf')
  const steps: Node[][] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    if (index < middle) {
      steps.unshift(nodesOf(middle, to))
      to = middle
    } else {
      steps.unshift(nodesOf(from, middle))
      from = middle
    }
  }
  return { size, steps }
}

/** PROOF(first, D[size]) to be read from tiles. RangeError unless 1 ≤ first ≤ size. */
export function planConsistency(first: number, size: number): Proof {
  if (!isCount(size) || !isCount(first) || first < 1 || first > size) throw new RangeError('no such tree')
  const steps: Node[][] = []
  let [from, to, whole] = [0, size, true]
  while (to !== first) {
    const middle = from + splitOf(to - from)
    if (first <= middle) {
      steps.unshift(nodesOf(middle, to))
      to = middle
    } else {
      steps.unshift(nodesOf(from, middle))
      from = middle
      whole = false
    }
  }
  return { size, steps: whole ? steps : [nodesOf(from, to), ...steps] }
}

/** The root of the first `size` leaves to be read from tiles: one step. RangeError for an empty tree, which has no tiles. */
export function planRoot(size: number): Proof {
  if (!isCount(size) || size < 1) throw new RangeError('no such tree')
  return { size, steps: [nodesOf(0, size)] }
}

/** The tiles that a proof needs, each once: read them in one query. At most two a level. */
export function tilesOfProof({ size, steps }: Proof): Tile[] {
  const tiles = steps.flat().map((node) => tileOf(node, size))
  return [...new Map(tiles.map((tile) => [`${tile.level} ${tile.index}`, tile])).values()]
}

/** The hashes of the proof, as `verifyInclusion` and `verifyConsistency` take them. RangeError for a tile too short. */
export const readProof = ({ size, steps }: Proof, read: ReadTile): Uint8Array[] =>
  hashesOfSteps(steps.map((nodes) => nodes.map((node) => hashOf(node, size, read))))

/** Neighbouring hashes of a tile, a power of two of them: folded they are a full subtree of the log. */
export type Span = { level: number; index: number; first: number; count: number }

/** What each step of a proof is folded from, left to right; `hashesOfSteps` makes the proof of it. */
export const spansOf = ({ steps }: Proof): Span[][] => steps.map((nodes) => nodes.map(spanOf))

/** The hashes of the proof from the roots over its spans, a list a step. */
export const hashesOfSteps = (steps: readonly (readonly Uint8Array[])[]): Uint8Array[] =>
  steps.map((roots) => roots.reduceRight((right, left) => nodeHash(left, right)))

/** The widest that this tile is in a log of this size; undefined where it has no such tile, or fewer hashes in it. */
export function widestTile({ level, index, width }: Tile, size: number): Tile | undefined {
  const widest = widthAt(level, index, size)
  return widest < width ? undefined : { level, index, width: widest }
}

/** The path of a full tile, which is a node of the tree. (An unfinished one is a part of the right edge: `planRoot` reads it.) */
export function planTile({ level, index }: Tile, size: number): Proof {
  const { steps } = planInclusion(index * hashesPer(level + 1), size)
  return { size, steps: steps.slice(HEIGHT * (level + 1)) }
}

/** Whether these 256 hashes are the tile of a log with this size and root. `path`: the hashes of `planTile`. */
export function fullTileHolds(
  { level, index, hashes }: FilledTile,
  { size, root }: { size: number; root: Uint8Array },
  path: readonly Uint8Array[],
): boolean {
  if (hashes.length !== FULL * 32) return false
  const leaf = fold(cut(hashes, 0, FULL))
  return verifyInclusion({ index, size: Math.ceil(size / hashesPer(level + 1)), leaf, root }, path)
}

/** What grows: the hashes of the last, unfinished tile of each level. */
export type Growth = { readonly size: number; readonly open: readonly (readonly Uint8Array[])[] }

/** The growth of the empty log. */
export const noGrowth = (): Growth => ({ size: 0, open: [] })

/** The unfinished tiles of a log, to be read before it grows on. */
export function openTiles(size: number): Tile[] {
  const tiles: Tile[] = []
  for (let level = 0; hashesPer(level) <= size; level++) {
    const count = Math.floor(size / hashesPer(level))
    if (count % FULL > 0) tiles.push({ level, index: Math.floor(count / FULL), width: count % FULL })
  }
  return tiles
}

/** The growth of a log whose unfinished tiles can be read. RangeError for a tile too short. */
export function growthOf(size: number, read: ReadTile): Growth {
  const open: Uint8Array[][] = []
  for (const tile of openTiles(size)) open[tile.level] = cut(read(tile), 0, tile.width)
  return { size, open: Array.from(open, (hashes) => hashes ?? []) }
}

/** Adds leaf hashes, in order: what grows on, and every tile that is new or wider, to be stored in place of the narrower one. */
export function growTiles(
  before: Growth,
  leaves: readonly Uint8Array[],
): { growth: Growth; tiles: FilledTile[] } {
  const open = before.open.map((hashes) => [...hashes])
  const filled: FilledTile[] = []
  const touched = new Set<number>()
  const fill = (level: number, size: number, hashes: readonly Uint8Array[]) => {
    const index = Math.ceil(Math.floor(size / hashesPer(level)) / FULL) - 1
    filled.push({ level, index, width: hashes.length, hashes: concat(...hashes) })
  }
  let size = before.size
  for (const leaf of leaves) {
    size++
    let hash = leaf
    for (let level = 0; ; level++) {
      const hashes = (open[level] ??= [])
      hashes.push(hash)
      touched.add(level)
      if (hashes.length < FULL) break
      fill(level, size, hashes)
      hash = fold(hashes)
      open[level] = []
      touched.delete(level)
    }
  }
  for (const level of touched) fill(level, size, open[level] as Uint8Array[])
  return { growth: { size, open }, tiles: filled }
}

/** A range that starts at a full subtree's border, as full subtrees, largest first. */
function nodesOf(from: number, to: number): Node[] {
  const nodes: Node[] = []
  for (let start = from; start < to; ) {
    let height = 0
    while (2 ** (height + 1) <= to - start) height++
    nodes.push({ height, index: start / 2 ** height })
    start += 2 ** height
  }
  return nodes
}

function spanOf({ height, index }: Node): Span {
  const count = 2 ** (height % HEIGHT)
  const tile = Math.floor((index * count) / FULL)
  return { level: Math.floor(height / HEIGHT), index: tile, first: index * count - tile * FULL, count }
}

function tileOf(node: Node, size: number): Tile {
  const { level, index } = spanOf(node)
  return { level, index, width: widthAt(level, index, size) }
}

const widthAt = (level: number, index: number, size: number): number =>
  Math.min(FULL, Math.floor(size / hashesPer(level)) - index * FULL)

function hashOf(node: Node, size: number, read: ReadTile): Uint8Array {
  const { first, count } = spanOf(node)
  return fold(cut(read(tileOf(node, size)), first, count))
}

/** The root over a power of two of hashes. */
function fold(hashes: readonly Uint8Array[]): Uint8Array {
  let row = [...hashes]
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, n) =>
      nodeHash(row[2 * n] as Uint8Array, row[2 * n + 1] as Uint8Array),
    )
  return row[0] as Uint8Array
}

function cut(hashes: Uint8Array, first: number, count: number): Uint8Array[] {
  if (hashes.length < (first + count) * 32) throw new RangeError('tile: fewer hashes than it was asked for')
  return Array.from({ length: count }, (_, n) => hashes.slice((first + n) * 32, (first + n + 1) * 32))
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

// The largest power of two below n.
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}
