// Stored subtree hashes against the leaves: who is served a tile, or a proof from one, is served what was signed.
import { equal } from '../../bytes.ts'
import { sha256 } from '../../sha256.ts'
import { type FilledTile, type Growth, growTiles, noGrowth } from '../tiles.ts'
import type { Faults } from './fault.ts'

/** A tile as stored. */
export type TileRow = Pick<FilledTile, 'level' | 'index' | 'hashes'>

export interface TileReader {
  /** Hash of the next leaf, in the order of the numbers. */
  leaf(hash: Uint8Array): void
  /** After the last leaf. */
  rows(rows: readonly TileRow[]): void
  end(): void
}

const AT_ONCE = 256

/** Keeps one hash a tile. */
export function readTiles(faults: Faults): TileReader {
  const expected = new Map<string, { level: number; index: number; sum: Uint8Array }>()
  let growth: Growth = noGrowth()
  let fresh: Uint8Array[] = []
  const grow = () => {
    const grown = growTiles(growth, fresh)
    for (const { level, index, hashes } of grown.tiles)
      expected.set(`${level} ${index}`, { level, index, sum: sha256(hashes) })
    growth = grown.growth
    fresh = []
  }
  return {
    leaf: (hash) => {
      if (fresh.push(hash) === AT_ONCE) grow()
    },
    rows: (rows) => {
      grow()
      for (const { level, index, hashes } of rows) {
        const key = `${level} ${index}`
        const said = expected.get(key)
        if (!said || !equal(said.sum, sha256(hashes))) faults.add({ kind: 'tile', level, index })
        expected.delete(key)
      }
    },
    end: () => {
      grow()
      for (const { level, index } of expected.values()) faults.add({ kind: 'tile-missing', level, index })
    },
  }
}
