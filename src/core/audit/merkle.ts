// The Merkle tree of the log (RFC 6962, section 2.1; checks after RFC 9162, sections 2.1.3.2 and 2.1.4.2), SHA-256.
import { concat, equal } from '../bytes.ts'
import { sha256 } from '../sha256.ts'

const LEAF = Uint8Array.of(0)

/** Hash of a leaf: SHA-256(0x00 ‖ body). */
export const leafHash = (body: Uint8Array): Uint8Array => sha256(concat(LEAF, body))

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length) // joining by hand: a third of a proof's time
  bytes[0] = 1
  bytes.set(left, 1)
  bytes.set(right, 1 + left.length)
  return sha256(bytes)
}

/** The right edge of a growing tree: the roots of its full subtrees, largest first, one for each 1 in `size`. */
export type Edge = { readonly size: number; readonly hashes: readonly Uint8Array[] }

/** The edge of the empty log. */
export const emptyEdge = (): Edge => ({ size: 0, hashes: [] })

/** The edge with one more leaf; the old edge stays as it was. */
export function append(edge: Edge, leaf: Uint8Array): Edge {
  const hashes = [...edge.hashes]
  let hash = leaf
  for (let rest = edge.size; rest % 2 === 1; rest = half(rest)) {
    const left = hashes.pop()
    if (!left) throw new RangeError('edge: fewer hashes than its size says')
    hash = nodeHash(left, hash)
  }
  hashes.push(hash)
  return { size: edge.size + 1, hashes }
}

/** Root of the tree that ends with this edge; SHA-256 of nothing for the empty log. */
export function edgeRoot(edge: Edge): Uint8Array {
  if (edge.hashes.length === 0) return sha256(new Uint8Array(0))
  return edge.hashes.reduceRight((right, left) => nodeHash(left, right))
}

/** Root over leaf hashes, in order. */
export function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  const full: Uint8Array[] = []
  hashes.forEach((leaf, size) => {
    let hash = leaf
    for (let rest = size; rest % 2 === 1; rest = half(rest)) hash = nodeHash(full.pop() as Uint8Array, hash)
    full.push(hash)
  })
  return edgeRoot({ size: hashes.length, hashes: full })
}

/** PATH(index, D[n]), from the leaf up. Hashes the whole tree once. RangeError when there is no such leaf. */
export function inclusionProof(hashes: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= hashes.length)
    throw new RangeError('no such leaf')
  if (hashes.length === 1) return []
  const k = splitOf(hashes.length)
  return index < k
    ? [...inclusionProof(hashes.slice(0, k), index), rootOf(hashes.slice(k))]
    : [...inclusionProof(hashes.slice(k), index - k), rootOf(hashes.slice(0, k))]
}

/** PROOF(first, D[n]): the first `first` leaves are a beginning of these. RangeError unless 1 ≤ first ≤ n. */
export function consistencyProof(hashes: readonly Uint8Array[], first: number): Uint8Array[] {
  if (!Number.isSafeInteger(first) || first < 1 || first > hashes.length) throw new RangeError('no such tree')
  return subproof(first, hashes, true)
}

function subproof(first: number, hashes: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (first === hashes.length) return whole ? [] : [rootOf(hashes)]
  const k = splitOf(hashes.length)
  return first <= k
    ? [...subproof(first, hashes.slice(0, k), whole), rootOf(hashes.slice(k))]
    : [...subproof(first - k, hashes.slice(k), false), rootOf(hashes.slice(0, k))]
}

/** Whether `proof` shows that the leaf stands at `index` (from 0) of the tree with this size and root. Never throws. */
export function verifyInclusion(
  claim: { index: number; size: number; leaf: Uint8Array; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  const { index, size, leaf, root } = claim
  if (!isSize(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false
  if (![leaf, root, ...proof].every(isHash)) return false
  let position = index
  let last = size - 1
  let hash = leaf
  for (const step of proof) {
    if (last === 0) return false
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(step, hash)
      for (; position % 2 === 0 && position !== 0; last = half(last)) position = half(position)
    } else hash = nodeHash(hash, step)
    position = half(position)
    last = half(last)
  }
  return last === 0 && equal(hash, root)
}

/**
 * Whether `proof` shows that the first tree is a beginning of the second. Equal sizes need equal roots and an empty
 * proof; an empty first tree is refused (it is a beginning of everything and proves nothing). Never throws.
 */
export function verifyConsistency(
  claim: { first: number; second: number; firstRoot: Uint8Array; secondRoot: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  const { first, second, firstRoot, secondRoot } = claim
  if (!isSize(first) || !isSize(second) || first > second) return false
  if (first === second) return proof.length === 0 && equal(firstRoot, secondRoot)
  if (![firstRoot, secondRoot, ...proof].every(isHash)) return false
  let position = first - 1
  let last = second - 1
  for (; position % 2 === 1; last = half(last)) position = half(position)
  // A full first tree is itself the starting node, so its root is not repeated in the proof.
  const [start, ...steps] = position === 0 ? [firstRoot, ...proof] : proof
  if (start === undefined || proof.length === 0) return false
  let older = start
  let newer = start
  for (const step of steps) {
    if (last === 0) return false
    if (position % 2 === 1 || position === last) {
      older = nodeHash(step, older)
      newer = nodeHash(step, newer)
      for (; position % 2 === 0 && position !== 0; last = half(last)) position = half(position)
    } else newer = nodeHash(newer, step)
    position = half(position)
    last = half(last)
  }
  return last === 0 && equal(older, firstRoot) && equal(newer, secondRoot)
}

const half = (n: number): number => Math.floor(n / 2)
const isSize = (n: number): boolean => Number.isSafeInteger(n) && n > 0
const isHash = (bytes: Uint8Array): boolean => bytes.length === 32

// The largest power of two below n.
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}
