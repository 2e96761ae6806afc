// A log's tiles without a database, kept as the database would keep them.
import { expect } from 'vitest'
import { leafHash } from '../../src/core/audit/merkle.ts'
import { growthOf, growTiles, noGrowth, type Tile, tilePath } from '../../src/core/audit/tiles.ts'

export const leaf = (n: number): Uint8Array => leafHash(Uint8Array.of(n >> 24, n >> 16, n >> 8, n))
/** So many leaf hashes, each its own. */
export const leaves = (size: number): Uint8Array[] => Array.from({ length: size }, (_, n) => leaf(n))

/** A store of tiles, keyed as the database would key them; the widest of each place is kept. */
export function shelf() {
  const kept = new Map<string, Uint8Array>()
  const keyOf = ({ level, index }: Tile) => `${level} ${index}`
  let growth = noGrowth()
  let reads = 0
  const read = (tile: Tile) => {
    reads++
    const hashes = kept.get(keyOf(tile))
    if (!hashes) throw new Error(`no tile ${tilePath(tile)}`)
    return hashes
  }
  return {
    read,
    reads: () => reads,
    tiles: () => kept.size,
    /** As after a restart: the unfinished tiles are read back first. */
    grow: (more: readonly Uint8Array[]) => {
      growth = growthOf(growth.size, read)
      const grown = growTiles(growth, more)
      for (const tile of grown.tiles) {
        expect(tile.hashes.length).toBe(tile.width * 32)
        kept.set(keyOf(tile), tile.hashes)
      }
      growth = grown.growth
    },
  }
}
/** Of a log of so many. */
export const shelfOf = (size: number) => {
  const store = shelf()
  store.grow(leaves(size))
  return store
}
