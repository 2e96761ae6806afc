// The signed head of a log as stored: believed only when note, root and right edge say the same and the log's key signed it.
import { equal, fromHex, utf8 } from '../../bytes.ts'
import { fail, ok, type Result } from '../../result.ts'
import { noteKeyId, readCheckpointText, readSignedNote } from '../checkpoint.ts'
import { type Edge, edgeRoot } from '../merkle.ts'
import type { NoteFault } from './fault.ts'

/** Whether an Ed25519 signature holds; the core brings none of its own. */
export type Verify = (bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) => boolean

/** Whose log it is: `origin` is its name in every checkpoint. */
export type LogKey = { origin: string; publicKey: Uint8Array; verify: Verify }

/** A head as the database keeps it: `edge` in hex, largest subtree first. */
export type StoredHead = { size: number; root: Uint8Array; edge: readonly string[]; note: string }

export type TrustedHead = { size: number; root: Uint8Array; edge: Edge }

/** What the head says, once its note is the log's own and everything stored beside it agrees. */
export function readHead(head: StoredHead, key: LogKey): Result<TrustedHead, NoteFault> {
  const { size, root } = head
  const note = readSignedNote(head.note)
  const checkpoint = note.ok ? readCheckpointText(note.value.text) : note
  if (!note.ok || !checkpoint.ok) return fail({ kind: 'note-unreadable', size })
  const id = noteKeyId(key.origin, key.publicKey)
  const ours = note.value.signatures.filter(({ name, keyId }) => name === key.origin && equal(keyId, id))
  if (ours.length === 0) return fail({ kind: 'note-foreign', size })
  const bytes = utf8(note.value.text)
  if (!ours.every(({ signature }) => key.verify(bytes, signature, key.publicKey)))
    return fail({ kind: 'note-forged', size })
  const signed = checkpoint.value
  if (signed.origin !== key.origin) return fail({ kind: 'note-origin', size, origin: signed.origin })
  if (signed.size !== size) return fail({ kind: 'note-size', size, signed: signed.size })
  if (!equal(signed.root, root)) return fail({ kind: 'note-root', size })
  const edge = edgeOf(head)
  return edge && equal(edgeRoot(edge), root) ? ok({ size, root, edge }) : fail({ kind: 'edge', size })
}

/** An edge has a hash for each 1 in its size, or it is none. */
function edgeOf({ size, edge }: StoredHead): Edge | undefined {
  const hashes = edge.map((hex) => fromHex(hex, 32)).filter((hash) => hash !== undefined)
  const full = size.toString(2).replaceAll('0', '').length
  return hashes.length === edge.length && hashes.length === full ? { size, hashes } : undefined
}
