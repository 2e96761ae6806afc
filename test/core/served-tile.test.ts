// Tiles as they are served, against the C2SP tlog-tiles specification and the root that was signed.
import { describe, expect, test } from 'vitest'
import { rootOf } from '../../src/core/audit/merkle.ts'
import {
  fullTileHolds,
  hashesOfSteps,
  planConsistency,
  planInclusion,
  planRoot,
  planTile,
  readProof,
  spansOf,
  widestTile,
} from '../../src/core/audit/tiles.ts'
import { leaves, shelfOf } from '../support/tile-shelf.ts'

describe('a tile that is served', () => {
  const size = 70_000
  const store = shelfOf(size)
  const tree = { size, root: rootOf(leaves(size)) }
  const full = (level: number, index: number) => {
    const tile = { level, index, width: 256 }
    return { ...tile, hashes: store.read(tile) }
  }

  test('a log of 70,000 leaves has the tiles that the specification counts', () => {
    const widths = (level: number, index: number) => widestTile({ level, index, width: 1 }, size)?.width
    expect([widths(0, 272), widths(0, 273), widths(0, 274)]).toEqual([256, 112, undefined])
    expect([widths(1, 0), widths(1, 1), widths(1, 2)]).toEqual([256, 17, undefined])
    expect([widths(2, 0), widths(2, 1), widths(3, 0), widths(63, 0)]).toEqual([
      1,
      undefined,
      undefined,
      undefined,
    ])
    expect(widestTile({ level: 0, index: 273, width: 113 }, size)).toBeUndefined()
    expect(store.tiles()).toBe(273 + 1 + 1 + 1 + 1)
    // Of 256 leaves: a full tile, and one of width 1 above it.
    expect([
      widestTile({ level: 0, index: 0, width: 1 }, 256),
      widestTile({ level: 1, index: 0, width: 1 }, 256),
    ]).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ])
  })

  test('a full one leads to the root by its path, an altered or misplaced one does not', () => {
    for (const [level, index] of [
      [0, 0],
      [0, 255],
      [0, 256],
      [0, 272],
      [1, 0],
    ] as const) {
      const tile = full(level, index)
      const path = readProof(planTile(tile, size), store.read)
      expect(fullTileHolds(tile, tree, path), `${level} ${index}`).toBe(true)
      const altered = { ...tile, hashes: tile.hashes.map((byte, at) => (at === 8191 ? byte ^ 1 : byte)) }
      expect(fullTileHolds(altered, tree, path)).toBe(false)
      expect(fullTileHolds({ ...tile, index: index + 1 }, tree, path)).toBe(false)
      expect(fullTileHolds({ ...tile, hashes: tile.hashes.slice(32) }, tree, path)).toBe(false)
    }
  })

  test('in a log of one full tile it is the whole tree', () => {
    const one = shelfOf(256)
    const tile = { level: 0, index: 0, width: 256 }
    const root = rootOf(leaves(256))
    const path = readProof(planTile(tile, 256), one.read)
    expect(path).toEqual([])
    expect(fullTileHolds({ ...tile, hashes: one.read(tile) }, { size: 256, root }, path)).toBe(true)
  })

  test('what is folded where it lies gives the same proof', () => {
    for (const plan of [planInclusion(12_345, size), planConsistency(300, size), planRoot(size)]) {
      const roots = spansOf(plan).map((step) =>
        step.map(({ level, index, first, count }) => {
          const hashes = store.read({ level, index, width: 256 })
          return rootOf(
            Array.from({ length: count }, (_, n) => hashes.slice((first + n) * 32, (first + n + 1) * 32)),
          )
        }),
      )
      expect(hashesOfSteps(roots)).toEqual(readProof(plan, store.read))
    }
  })
})
