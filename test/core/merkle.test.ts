// The log's tree against the published roots of Certificate Transparency and against the definition written naively.
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  append,
  consistencyProof,
  type Edge,
  edgeRoot,
  emptyEdge,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../src/core/audit/merkle.ts'
import { concat, fromHex, toHex } from '../../src/core/bytes.ts'

const bytes = (hex: string): Uint8Array => fromHex(hex) as Uint8Array

// The eight classic leaves of Certificate Transparency's reference implementation, and the root after each.
const classic: [leaf: string, root: string][] = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  ['606162636465666768696a6b6c6d6e6f', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
]
const leaves = classic.map(([leaf]) => leafHash(bytes(leaf)))
const rootAt = (size: number): Uint8Array => rootOf(leaves.slice(0, size))

// RFC 6962, section 2.1, word for word.
function definition(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return sha256(new Uint8Array(0))
  if (hashes.length === 1) return hashes[0] as Uint8Array
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  const sides = [definition(hashes.slice(0, k)), definition(hashes.slice(k))]
  return sha256(concat(Uint8Array.of(1), ...sides))
}

const someLeaves = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, n) => leafHash(Uint8Array.of(n >> 8, n % 256)))

describe('published vectors', () => {
  test('the empty log and the eight classic leaves have the known roots', () => {
    expect(toHex(rootOf([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    let edge: Edge = emptyEdge()
    classic.forEach(([, root], at) => {
      edge = append(edge, leaves[at] as Uint8Array)
      expect(toHex(rootAt(at + 1))).toBe(root)
      expect(toHex(edgeRoot(edge))).toBe(root)
    })
  })

  test('the known proofs: leaf 0 of 8, and from 2 leaves to 5', () => {
    expect(inclusionProof(leaves, 0).map(toHex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
    expect(consistencyProof(leaves.slice(0, 5), 2).map(toHex)).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ])
  })
})

describe('every tree up to 40 leaves', () => {
  test('roots, kept whole or grown leaf by leaf, are those of the definition', () => {
    let edge: Edge = emptyEdge()
    for (let size = 0; size <= 40; size++) {
      const hashes = someLeaves(size)
      expect(toHex(rootOf(hashes))).toBe(toHex(definition(hashes)))
      expect(toHex(edgeRoot(edge))).toBe(toHex(definition(hashes)))
      expect(edge.size).toBe(size)
      edge = append(edge, someLeaves(size + 1)[size] as Uint8Array)
    }
  })

  test('every leaf is proved to be in, and at no other place', () => {
    for (let size = 1; size <= 40; size++) {
      const hashes = someLeaves(size)
      const root = rootOf(hashes)
      hashes.forEach((leaf, index) => {
        const proof = inclusionProof(hashes, index)
        expect(verifyInclusion({ index, size, leaf, root }, proof)).toBe(true)
        for (const other of [index - 1, index + 1, index + size, size]) {
          expect(verifyInclusion({ index: other, size, leaf, root }, proof)).toBe(false)
        }
      })
    }
  })

  test('every earlier log is proved to be a beginning of every later one', () => {
    for (let second = 1; second <= 40; second++) {
      const hashes = someLeaves(second)
      const secondRoot = rootOf(hashes)
      for (let first = 1; first <= second; first++) {
        const firstRoot = rootOf(hashes.slice(0, first))
        const proof = consistencyProof(hashes, first)
        expect(verifyConsistency({ first, second, firstRoot, secondRoot }, proof)).toBe(true)
        const forked = nodeHash(firstRoot, secondRoot)
        expect(verifyConsistency({ first, second, firstRoot: forked, secondRoot }, proof)).toBe(false)
        expect(verifyConsistency({ first, second, firstRoot, secondRoot: forked }, proof)).toBe(false)
      }
    }
  })
})

describe('what must be refused', () => {
  test('any bit flipped, step dropped, doubled or added in any proof', () => {
    const sizes = fc
      .integer({ min: 2, max: 300 })
      .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)))
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(255), ([size, index], pick, bit) => {
        const hashes = someLeaves(size)
        const root = rootOf(hashes)
        const inclusion = { index, size, leaf: hashes[index] as Uint8Array, root }
        const first = index + 1
        const firstRoot = rootOf(hashes.slice(0, first))
        const consistency = { first, second: size, firstRoot, secondRoot: root }
        const path = inclusionProof(hashes, index)
        for (const bad of damaged(path, pick, bit)) expect(verifyInclusion(inclusion, bad)).toBe(false)
        const steps = consistencyProof(hashes, first)
        for (const bad of damaged(steps, pick, bit)) expect(verifyConsistency(consistency, bad)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  test('a leaf out of range, an empty tree and sizes that are no sizes', () => {
    const [leaf] = leaves as [Uint8Array]
    for (const [index, size] of [
      [1, 1],
      [-1, 1],
      [0, 0],
      [0, -1],
      [0.5, 1],
      [0, Number.NaN],
      [2 ** 53, 2 ** 53 + 2],
    ] as const) {
      expect(verifyInclusion({ index, size, leaf, root: leaf }, [])).toBe(false)
    }
    expect(() => inclusionProof(leaves, 8)).toThrow(RangeError)
    expect(() => inclusionProof([], 0)).toThrow(RangeError)
    expect(() => consistencyProof(leaves, 0)).toThrow(RangeError)
    expect(() => consistencyProof(leaves, 9)).toThrow(RangeError)
  })

  test('equal sizes need equal roots and no proof; a shrunken log and an empty first one prove nothing', () => {
    const [a, b] = [rootAt(7), rootAt(8)]
    const holds = (first: number, second: number, firstRoot: Uint8Array, proof: Uint8Array[] = []) =>
      verifyConsistency({ first, second, firstRoot, secondRoot: b }, proof)
    expect(holds(8, 8, b)).toBe(true)
    expect(holds(8, 8, a)).toBe(false)
    expect(holds(8, 8, b, [a])).toBe(false)
    expect(holds(9, 8, b)).toBe(false)
    expect(holds(0, 8, rootOf([]))).toBe(false)
    expect(holds(7, 8, a)).toBe(false)
    expect(holds(4, 8, rootAt(4))).toBe(false)
  })

  test('a proof with more steps than its sizes allow, even when a root was made to fit', () => {
    const [leaf, extra] = leaves as [Uint8Array, Uint8Array]
    const taller = { index: 0, size: 1, leaf, root: nodeHash(extra, leaf) }
    expect(verifyInclusion(taller, [extra])).toBe(false)
    const grown = {
      first: 3,
      second: 5,
      firstRoot: nodeHash(extra, rootAt(3)),
      secondRoot: nodeHash(extra, rootAt(5)),
    }
    expect(verifyConsistency(grown, [...consistencyProof(leaves.slice(0, 5), 3), extra])).toBe(false)
  })

  test('a step of 31 bytes beside one of 33 is no proof, though the bytes together are the same', () => {
    const [left, right] = leaves as [Uint8Array, Uint8Array]
    const root = rootAt(2)
    const joined = concat(left, right)
    const claim = { index: 0, size: 2, leaf: joined.slice(0, 31), root }
    expect(verifyInclusion(claim, [joined.slice(31)])).toBe(false)
  })
})

test('an edge is left as it was when a leaf is added, and holds a hash for each 1 in its size', () => {
  let edge: Edge = emptyEdge()
  for (let size = 1; size <= 100; size++) {
    const before = edgeRoot(edge)
    const next = append(edge, leafHash(Uint8Array.of(size)))
    expect(edgeRoot(edge)).toEqual(before)
    expect(next.hashes.length).toBe(size.toString(2).replaceAll('0', '').length)
    edge = next
  }
  expect(() => append({ size: 1, hashes: [] }, leafHash(Uint8Array.of(0)))).toThrow(RangeError)
})

function* damaged(proof: readonly Uint8Array[], pick: number, bit: number): Generator<Uint8Array[]> {
  yield [...proof, leafHash(Uint8Array.of(1))]
  if (proof.length === 0) return
  const at = pick % proof.length
  const step = proof[at] as Uint8Array
  const flipped = Uint8Array.from(step, (byte, place) =>
    place === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte,
  )
  yield proof.with(at, flipped)
  yield proof.toSpliced(at, 1)
  yield proof.toSpliced(at, 0, step)
}
