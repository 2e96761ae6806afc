// The log of a bundle: every leaf reads, every checkpoint is signed by the log's key and is a beginning of the whole.
import {
  type Checkpoint,
  noteKeyId,
  readCheckpointText,
  readSignedNote,
  readVerifierKey,
} from '../audit/checkpoint.ts'
import { decodeEvent, type Event } from '../audit/event.ts'
import { append, type Edge, edgeRoot, emptyEdge, leafHash } from '../audit/merkle.ts'
import type { Verify } from '../audit/trusted/notes.ts'
import type { Fault, Faults } from '../audit/trusted/fault.ts'
import type { LogLeaf } from '../audit/trusted/tree.ts'
import { equal, utf8 } from '../bytes.ts'
import type { ShownLeaf } from './bundle.ts'

/** What is heard of a leaf; of a hidden one (`event` undefined) only its place. */
export type HearShown = (event: Event | undefined, leaf: LogLeaf) => void

/**
 * The signed head of a note, or what stands against it. `place`: its number among the notes, told where it has no size. Other lines than the
 * log's are passed over: `otherLines` has them.
 */
export function readNote(
  note: string,
  key: string,
  verify: Verify,
  place: number,
): Checkpoint | Extract<Fault, { kind: `note-${string}` }> {
  const read = readSignedNote(note)
  const checkpoint = read.ok ? readCheckpointText(read.value.text) : read
  const vkey = readVerifierKey(key)
  if (!read.ok || !checkpoint.ok || !vkey.ok) return { kind: 'note-unreadable', size: place }
  const { origin, size } = checkpoint.value
  const { name, publicKey } = vkey.value
  const [signature] = read.value.signatures
  if (origin !== name) return { kind: 'note-origin', size, origin }
  const ours = signature?.name === name && equal(signature.keyId, noteKeyId(name, publicKey))
  if (!ours) return { kind: 'note-foreign', size }
  const holds = verify(utf8(read.value.text), signature.signature, publicKey)
  return holds ? checkpoint.value : { kind: 'note-forged', size }
}

/** The lines under a note behind the first, as they stand. */
export const otherLines = (note: string): string => note.split('\n').slice(5).join('\n')

/** `roots`: after each leaf that a checkpoint ends with, and after CLOSE. */
export type Walked = { size: number; root: Uint8Array; roots: ReadonlyMap<number, Uint8Array> }

/**
 * Walks the leaves and tells `hear` of each. `heads`: signed heads that must lie on the way; the last of them ends with the last leaf.
 * `known`: heads that the reader kept from before, which must be beginnings of this log.
 */
export function walkLog(
  leaves: readonly ShownLeaf[],
  { cycle, heads, known }: { cycle: string; heads: readonly Checkpoint[]; known: readonly Checkpoint[] },
  { log, notes }: { log: Faults; notes: Faults },
  hear: HearShown,
): Walked {
  const roots = new Map<number, Uint8Array>()
  const wanted = new Set([...heads, ...known].map(({ size }) => size))
  let edge: Edge = emptyEdge()
  leaves.forEach((leaf, seq) => {
    const body = 'body' in leaf ? leaf.body : new Uint8Array()
    const hash = 'body' in leaf ? leafHash(leaf.body) : leaf.hash
    edge = append(edge, hash)
    const event = 'body' in leaf ? eventOf(leaf.body, seq, cycle, log) : undefined
    if (event || !('body' in leaf)) hear(event, { seq, kind: event?.kind ?? 'ballot', body, hash, mac: null })
    if (wanted.has(edge.size) || event?.kind === 'closed') roots.set(edge.size, edgeRoot(edge))
  })
  const signed = Math.max(0, ...heads.map(({ size }) => size))
  if (edge.size < signed) log.add({ kind: 'gap', seq: edge.size })
  if (edge.size > signed) log.add({ kind: 'leaf-unsigned', seq: signed })
  heads.forEach(({ size, root }, at) => {
    const held = roots.get(size)
    if (size <= (heads[at - 1]?.size ?? 0) || (held && !equal(held, root))) notes.add({ kind: 'root', size })
  })
  for (const { size, root } of known) {
    const held = roots.get(size)
    if (!held) notes.add({ kind: 'rolled-back', size: edge.size, signed: size })
    else if (!equal(held, root)) notes.add({ kind: 'forked', size })
  }
  return { size: edge.size, root: edgeRoot(edge), roots }
}

function eventOf(body: Uint8Array, seq: number, cycle: string, faults: Faults): Event | undefined {
  const event = decodeEvent(body)
  if (!event.ok) {
    faults.add({ kind: 'leaf-form', seq })
    return undefined
  }
  if ('cycle' in event.value && event.value.cycle !== cycle) faults.add({ kind: 'leaf-cycle', seq })
  return event.value
}
