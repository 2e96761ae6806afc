// Reads a log leaf by leaf: no gap, every body under its hash and its MAC, and every signed root on the way.
import { equal, toHex } from '../../bytes.ts'
import { decodeEvent, type Event } from '../event.ts'
import { leafMac, sameMac } from '../mac.ts'
import { append, type Edge, edgeRoot, emptyEdge, leafHash } from '../merkle.ts'
import type { Fault, Faults } from './fault.ts'
import { type LogKey, readHead, type StoredHead } from './notes.ts'

/** A numbered leaf as stored: `kind` is the column beside the body, `mac` null where none is stored. */
export type LogLeaf = {
  seq: number
  kind: string
  body: Uint8Array
  hash: Uint8Array
  mac: Uint8Array | null
}

export type LogTerms = LogKey & {
  /** All that are kept, checkpoints and the last. */
  heads: readonly StoredHead[]
  /** What was signed last as kept outside the database, and what a reader holds from before. */
  signed: readonly { size: number; root: Uint8Array }[]
  /** The key of the leaves' MACs; undefined for whoever verifies from outside. */
  macKey: Uint8Array | undefined
  /** Short name of the cycle, which each of its events carries; undefined for the installation's own log. */
  cycle: string | undefined
}

export type Hear = (event: Event, leaf: LogLeaf) => void

export interface LogReader {
  /** The next leaf, in the order of the numbers. */
  leaf(leaf: LogLeaf): void
  /**
   * The next committed leaf without a number, in the order in which they will get theirs. Nothing is signed over it yet, so its MAC
   * alone decides; one without it is a fault unless two officials set it aside, and then it is no part of the log. Returns
   * whether it was heard.
   */
  waiting(leaf: Omit<LogLeaf, 'seq'>): boolean
  /** After the last one. */
  end(): { size: number; root: Uint8Array }
}

/** Half a hash, a letter a byte: for millions of them, where hexadecimal would take a kilobyte each. */
export const shortHash = (hash: Uint8Array): string => String.fromCharCode(...hash.subarray(0, 16))

/** Keeps one hash a leaf, shortened, to find a leaf that was entered twice; bodies are let go. */
export function readLog(terms: LogTerms, faults: Faults, hear: Hear): LogReader {
  const roots = signedRoots(terms, faults)
  const signed = Math.max(-1, ...terms.heads.map(({ size }) => size))
  const seen = new Set<string>()
  const asides = new Set<string>()
  const unmarked: string[] = []
  let edge: Edge = emptyEdge()
  let next = 0
  let gapless = true
  const hearAll: Hear = (event, leaf) => {
    if (event.kind === 'leaf-set-aside' && event.by !== event.second) asides.add(event.leaf)
    hear(event, leaf)
  }
  const compare = () => {
    for (const { root, fault } of roots.get(edge.size) ?? [])
      if (!equal(root, edgeRoot(edge))) faults.add(fault)
  }
  compare()
  return {
    leaf: (leaf) => {
      if (leaf.seq !== edge.size && gapless) {
        faults.add({ kind: 'gap', seq: edge.size })
        gapless = false
      }
      if (signed >= 0 && edge.size === signed) faults.add({ kind: 'leaf-unsigned', seq: leaf.seq })
      edge = append(edge, leaf.hash)
      compare()
      const key = shortHash(leaf.hash)
      if (seen.has(key)) faults.add({ kind: 'leaf-twice', seq: leaf.seq })
      seen.add(key)
      const event = trustedEvent(terms, leaf, faults)
      if (event) hearAll(event, leaf)
      next = edge.size
    },
    waiting: (leaf) => {
      if (terms.macKey && !sameMac(leaf.mac, leafMac(terms.macKey, terms.origin, leaf.body))) {
        unmarked.push(toHex(leaf.hash))
        return false
      }
      const numbered = { ...leaf, seq: next++ }
      const event = trustedEvent(terms, numbered, faults)
      if (event) hearAll(event, numbered)
      return true
    },
    end: () => {
      for (const leaf of unmarked) if (!asides.has(leaf)) faults.add({ kind: 'leaf-waiting', leaf })
      if (signed < 0 && edge.size > 0) faults.add({ kind: 'head-missing' })
      if (gapless && edge.size < signed) faults.add({ kind: 'gap', seq: edge.size })
      const beyond = terms.signed.filter(({ size }) => size > edge.size)
      for (const { size } of beyond) faults.add({ kind: 'rolled-back', size: edge.size, signed: size })
      return { size: edge.size, root: edgeRoot(edge) }
    },
  }
}

type Root = { root: Uint8Array; fault: Fault }

/** The roots to meet on the way, by size. A head that is not to be believed is named and leads nowhere. */
function signedRoots(terms: LogTerms, faults: Faults): Map<number, Root[]> {
  const roots = new Map<number, Root[]>()
  const expect = (size: number, root: Uint8Array, fault: Fault) =>
    roots.set(size, [...(roots.get(size) ?? []), { root, fault }])
  for (const head of terms.heads) {
    const read = readHead(head, terms)
    if (read.ok) expect(head.size, read.value.root, { kind: 'root', size: head.size })
    else faults.add(read.problem)
  }
  for (const { size, root } of terms.signed) expect(size, root, { kind: 'forked', size })
  return roots
}

function trustedEvent(terms: LogTerms, leaf: LogLeaf, faults: Faults): Event | undefined {
  const { seq, body } = leaf
  if (!equal(leafHash(body), leaf.hash)) faults.add({ kind: 'leaf-hash', seq })
  const { macKey, origin } = terms
  if (macKey && !sameMac(leaf.mac, leafMac(macKey, origin, body))) faults.add({ kind: 'leaf-mac', seq })
  const event = decodeEvent(body)
  if (!event.ok) {
    faults.add({ kind: 'leaf-form', seq })
    return undefined
  }
  if (event.value.kind !== leaf.kind) faults.add({ kind: 'leaf-kind', seq })
  if ('cycle' in event.value && terms.cycle !== undefined && event.value.cycle !== terms.cycle)
    faults.add({ kind: 'leaf-cycle', seq })
  return event.value
}
