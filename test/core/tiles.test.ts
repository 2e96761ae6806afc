// Tiles against the tree: every proof read from them is the one that hashing the whole log gives.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../src/core/audit/merkle.ts'
import {
  growthOf,
  openTiles,
  planConsistency,
  planInclusion,
  planRoot,
  readProof,
  readTilePath,
  tilePath,
  tilesOfProof,
} from '../../src/core/audit/tiles.ts'
import { fromHex, toHex } from '../../src/core/bytes.ts'
import { leaf, leaves, shelf, shelfOf } from '../support/tile-shelf.ts'

describe('the place of a tile', () => {
  // The examples of the C2SP tlog-tiles specification.
  test.each([
    [{ level: 0, index: 1234067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 1, index: 0, width: 17 }, 'tile/1/000.p/17'],
    [{ level: 3, index: 999, width: 255 }, 'tile/3/999.p/255'],
    [{ level: 63, index: 1000, width: 1 }, 'tile/63/x001/000.p/1'],
  ])('%j is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path)
    expect(readTilePath(path)).toEqual(tile)
  })

  test('any tile is read back as it was', () => {
    const tile = fc.record({
      level: fc.nat(63),
      index: fc.nat(2 ** 40),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(
      fc.property(tile, (one) => {
        expect(readTilePath(tilePath(one))).toEqual(one)
      }),
    )
  })

  test('another spelling, a width that no tile has and a path of something else are refused', () => {
    for (const path of [
      '',
      'tile/0/0',
      'tile/00/000',
      'tile/64/000',
      'tile/0/x000/001',
      'tile/0/001.p/0',
      'tile/0/001.p/256',
      'tile/0/001.p/007',
      'tile/0/001.p/',
      'tile/0/x001',
      'tile/0/1000',
      'tile/0/000/',
      '/tile/0/000',
      'tile/entries/000',
    ])
      expect([path, readTilePath(path)]).toEqual([path, undefined])
    expect(() => tilePath({ level: 0, index: -1, width: 1 })).toThrow(RangeError)
    expect(() => tilePath({ level: 0, index: 0, width: 257 })).toThrow(RangeError)
  })
})

test('the eight classic leaves of Certificate Transparency have the known root and proofs', () => {
  const bodies = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ]
  const store = shelf()
  store.grow(bodies.map((body) => leafHash(fromHex(body) as Uint8Array)))
  expect(readProof(planRoot(8), store.read).map(toHex)).toEqual([
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ])
  expect(readProof(planInclusion(0, 8), store.read).map(toHex)).toEqual([
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ])
  expect(readProof(planConsistency(2, 5), store.read).map(toHex)).toEqual([
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  ])
})

describe('any log, grown in any pieces', () => {
  const sizes = fc.oneof(
    fc.integer({ min: 1, max: 600 }),
    fc.constantFrom(255, 256, 257, 511, 512, 513, 1023, 1024, 1025),
  )
  const logs = fc
    .tuple(sizes, fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 6 }))
    .chain(([size, pieces]) => fc.tuple(fc.constant(size), fc.constant(pieces), fc.nat(size - 1)))

  test('proofs and root are those of the whole tree, at its size and at every smaller one', () => {
    fc.assert(
      fc.property(logs, fc.nat(), ([size, pieces, index], smaller) => {
        const all = leaves(size)
        const store = shelf()
        let done = 0
        for (const piece of [...pieces, size]) {
          store.grow(all.slice(done, Math.min(size, done + piece)))
          done = Math.min(size, done + piece)
        }
        const at = index + 1 + (smaller % (size - index))
        const tree = all.slice(0, at)
        expect(readProof(planRoot(at), store.read)).toEqual([rootOf(tree)])
        expect(readProof(planInclusion(index, at), store.read)).toEqual(inclusionProof(tree, index))
        expect(readProof(planConsistency(index + 1, at), store.read)).toEqual(
          consistencyProof(tree, index + 1),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('the tiles a proof names are all it reads', () => {
    fc.assert(
      fc.property(logs, ([size, , index]) => {
        const store = shelfOf(size)
        for (const plan of [planInclusion(index, size), planConsistency(index + 1, size)]) {
          const named = new Set(tilesOfProof(plan).map(tilePath))
          readProof(plan, (tile) => {
            expect(named.has(tilePath(tile))).toBe(true)
            return store.read(tile).slice(0, tile.width * 32)
          })
        }
      }),
      { numRuns: 30 },
    )
  })
})

test('a log of 70,000 leaves needs a handful of tiles a proof, and they verify', () => {
  const size = 70_000
  const store = shelfOf(size)
  const [root] = readProof(planRoot(size), store.read)
  expect(store.tiles()).toBe(274 + 2 + 1)
  expect(openTiles(size)).toEqual([
    { level: 0, index: 273, width: 112 },
    { level: 1, index: 1, width: 17 },
    { level: 2, index: 0, width: 1 },
  ])
  for (const index of [0, 255, 256, 65_535, 65_536, 69_999]) {
    const plan = planInclusion(index, size)
    expect(tilesOfProof(plan).length).toBeLessThanOrEqual(6)
    const path = readProof(plan, store.read)
    expect(verifyInclusion({ index, size, leaf: leaf(index), root: root as Uint8Array }, path)).toBe(true)
  }
  const [firstRoot] = readProof(planRoot(300), store.read)
  const claim = {
    first: 300,
    second: size,
    firstRoot: firstRoot as Uint8Array,
    secondRoot: root as Uint8Array,
  }
  expect(verifyConsistency(claim, readProof(planConsistency(300, size), store.read))).toBe(true)
})

test('a tile too short is refused, and so are a leaf and a tree that do not exist', () => {
  const store = shelfOf(300)
  expect(() => readProof(planInclusion(3, 300), (tile) => store.read(tile).slice(0, 32))).toThrow(RangeError)
  expect(() => growthOf(300, () => new Uint8Array(0))).toThrow(RangeError)
  for (const [index, size] of [
    [3, 3],
    [-1, 3],
    [0, 0],
    [0.5, 3],
  ] as const)
    expect(() => planInclusion(index, size)).toThrow(RangeError)
  for (const [first, size] of [
    [0, 3],
    [4, 3],
    [1.5, 3],
  ] as const)
    expect(() => planConsistency(first, size)).toThrow(RangeError)
  expect(() => planRoot(0)).toThrow(RangeError)
})
