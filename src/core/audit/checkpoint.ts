// Signed tree heads that any Certificate Transparency tool reads (C2SP tlog-checkpoint in a C2SP signed-note).
import { concat, equal, fromBase64, fromHex, toBase64, toHex, utf8 } from '../bytes.ts'
import { fail, ok, type Result } from '../result.ts'
import { sha256 } from '../sha256.ts'

export type Checkpoint = { origin: string; size: number; root: Uint8Array }
export type NoteSignature = { name: string; keyId: Uint8Array; signature: Uint8Array }
export type SignedNote = { text: string; signatures: NoteSignature[] }

/** What a key signs: notes of its log, or, as a witness, the heads of other people's logs (C2SP tlog-cosignature). */
export const [NOTES, COSIGNATURES] = [1, 4] as const
type KeyKind = typeof NOTES | typeof COSIGNATURES

/** What is signed: origin, size and base64 root, a line each. RangeError for what cannot stand in a line. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (!isLine(origin)) throw new RangeError('checkpoint: the origin is one line')
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError('checkpoint: size')
  if (root.length !== 32) throw new RangeError('checkpoint: a root has 32 bytes')
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** Reads the text of a checkpoint of ours; extension lines are refused. */
export function readCheckpointText(text: string): Result<Checkpoint, { kind: 'not-a-checkpoint' }> {
  const [, origin = '', size = '', base64 = ''] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n$/.exec(text) ?? []
  const root = fromBase64(base64)
  if (!isLine(origin) || !Number.isSafeInteger(Number(size)) || root?.length !== 32) {
    return fail({ kind: 'not-a-checkpoint' })
  }
  return ok({ origin, size: Number(size), root })
}

/** Key id of an Ed25519 key: the first 4 bytes of SHA-256(name ‖ "\n" ‖ kind ‖ key). RangeError for a bad name or key. */
export function noteKeyId(name: string, publicKey: Uint8Array, kind: KeyKind = NOTES): Uint8Array {
  if (!isKeyName(name)) throw new RangeError('note: a key name has no spaces and no plus')
  if (publicKey.length !== 32) throw new RangeError('note: an Ed25519 key has 32 bytes')
  return sha256(concat(utf8(`${name}\n`), Uint8Array.of(kind), publicKey)).slice(0, 4)
}

/** The note with one signature line. `text` ends with a newline; the signature is over exactly its UTF-8 bytes. */
export function signedNote(text: string, name: string, keyId: Uint8Array, signature: Uint8Array): string {
  if (!isNoteText(text))
    throw new RangeError('note: the text ends with a newline and has no control characters')
  if (!isKeyName(name)) throw new RangeError('note: a key name has no spaces and no plus')
  if (keyId.length !== 4) throw new RangeError('note: a key id has 4 bytes')
  return `${text}\n${signatureLine(name, keyId, signature)}`
}

/** A further line under a note. */
export const signatureLine = (name: string, keyId: Uint8Array, signature: Uint8Array): string =>
  `— ${name} ${toBase64(concat(keyId, signature))}\n`

/**
 * Splits a note into its text and signature lines; checks form, not signatures. Lines of keys one does not know are
 * kept (a witness may have added them); a signature of a known key that does not hold must make the reader refuse all.
 */
export function readSignedNote(note: string): Result<SignedNote, { kind: 'not-a-note' }> {
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2).split('\n')
  if (end < 0 || !isNoteText(text) || lines.pop() !== '' || lines.length < 1 || lines.length > 100) {
    return fail({ kind: 'not-a-note' })
  }
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const [, name = '', base64 = ''] = /^— (\S+) (\S+)$/.exec(line) ?? []
    const bytes = fromBase64(base64)
    if (!isKeyName(name) || !bytes || bytes.length < 5) return fail({ kind: 'not-a-note' })
    signatures.push({ name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) })
  }
  return ok({ text, signatures })
}

/** The key as auditors keep it (vkey): `name+<key id in hex>+<base64 of kind ‖ key>`. */
export const verifierKey = (name: string, publicKey: Uint8Array, kind: KeyKind = NOTES): string =>
  `${name}+${toHex(noteKeyId(name, publicKey, kind))}+${toBase64(concat(Uint8Array.of(kind), publicKey))}`

/** Reads a vkey; its key id must be the one of its name and key, and the key an Ed25519 one of this kind. */
export function readVerifierKey(
  text: string,
  kind: KeyKind = NOTES,
): Result<{ name: string; keyId: Uint8Array; publicKey: Uint8Array }, { kind: 'not-a-key' }> {
  const [, name = '', hex = '', base64 = ''] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? []
  const keyId = fromHex(hex, 4)
  const bytes = fromBase64(base64)
  if (!isKeyName(name) || !keyId || bytes?.length !== 33 || bytes[0] !== kind)
    return fail({ kind: 'not-a-key' })
  const publicKey = bytes.slice(1)
  return equal(noteKeyId(name, publicKey, kind), keyId)
    ? ok({ name, keyId, publicKey })
    : fail({ kind: 'not-a-key' })
}

const isLine = (text: string): boolean => text !== '' && !/[\p{Cc}\p{Cs}]/u.test(text)
const isKeyName = (name: string): boolean => /^[^\s+\p{Cc}\p{Cs}]+$/u.test(name)
const isNoteText = (text: string): boolean => text.endsWith('\n') && !/[^\P{Cc}\n]|\p{Cs}/u.test(text)
