// The receipt as one text that its owner keeps: number, key, and the signed statement as a note that any C2SP tool checks.
import { equal, fromHex, fromUtf8, utf8 } from '../bytes.ts'
import { fail, ok, type Result } from '../result.ts'
import { noteKeyId, readSignedNote, readVerifierKey, signedNote, verifierKey } from './checkpoint.ts'
import { formatReceiptNumber, readReceiptNumber, receiptNumber, receiptStatement } from './receipt.ts'
import type { LogKey } from './trusted/notes.ts'

/** What was promised: that the ballot with this leaf stands in the cycle's log within a minute of `at` (UTC ISO, ms). */
export type Promised = { cycle: string; leaf: Uint8Array; at: string }

/**
 * Number, verifier key, an empty line, and the signed note over `receiptStatement`. `origin` names the cycle's log, and
 * with it the key; `signature` is the one made for the cast. RangeError for a part that cannot stand in a line.
 */
export function receiptText(
  promised: Promised,
  { origin, publicKey }: Omit<LogKey, 'verify'>,
  signature: Uint8Array,
): string {
  const statement = fromUtf8(receiptStatement(promised)) ?? ''
  const note = signedNote(statement, origin, noteKeyId(origin, publicKey), signature)
  const number = formatReceiptNumber(receiptNumber(promised.leaf))
  return `${number}\n${verifierKey(origin, publicKey)}\n\n${note}`
}

export type ReceiptFault =
  /** It has not the lines of a receipt. */
  | { kind: 'not-a-receipt' }
  /** A digit of the number is wrong, or it is another leaf's. */
  | { kind: 'number' }
  | { kind: 'number-of-another' }
  /** The signed words are not the statement of a receipt. */
  | { kind: 'statement' }
  /** The key line is damaged. */
  | { kind: 'key' }
  /** It names another key than the one the reader holds. */
  | { kind: 'other-key' }
  /** The key is not that of this cycle's log. */
  | { kind: 'other-log' }
  /** The signature line is not by the key. */
  | { kind: 'other-signer' }
  | { kind: 'signature' }

export type CheckedReceipt = Promised & {
  /** 14 digits. */
  number: string
  origin: string
}

/**
 * Whether the text is a receipt that the log's key signed. `known`: the verifier key from elsewhere (a poster, a card,
 * `/open/<cycle>/key`): a receipt that brings its own key proves nothing by itself. Line ends of any system and spaces around lines
 * are forgiven, as copying adds them. Never throws.
 */
export function checkReceiptText(
  text: string,
  known: string,
  verify: LogKey['verify'],
): Result<CheckedReceipt, ReceiptFault> {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .join('\n')
    .trim()
  const [, digits = '', vkey = '', rest = ''] = /^([^\n]+)\n([^\n]+)\n\n+([^]+)$/.exec(lines) ?? []
  const note = readSignedNote(`${rest}\n`)
  if (!note.ok) return fail({ kind: 'not-a-receipt' })
  const number = readReceiptNumber(digits)
  if (!number.ok) return fail({ kind: 'number' })
  const promised = readStatement(note.value.text)
  if (!promised) return fail({ kind: 'statement' })
  if (receiptNumber(promised.leaf) !== number.value) return fail({ kind: 'number-of-another' })
  const key = readVerifierKey(vkey)
  if (!key.ok) return fail({ kind: 'key' })
  if (vkey !== known.trim()) return fail({ kind: 'other-key' })
  const { name: origin, keyId, publicKey } = key.value
  if (!origin.endsWith(`/${promised.cycle}`)) return fail({ kind: 'other-log' })
  const [line, ...others] = note.value.signatures
  if (!line || others.length > 0 || line.name !== origin || !equal(line.keyId, keyId))
    return fail({ kind: 'other-signer' })
  if (!verify(utf8(note.value.text), line.signature, publicKey)) return fail({ kind: 'signature' })
  return ok({ ...promised, number: number.value, origin })
}

/** Only what `receiptStatement` writes, byte for byte. */
function readStatement(text: string): Promised | undefined {
  const [, cycle = '', hex = '', at = ''] =
    /^dauys-receipt-v1\n([^\n]+)\n([0-9a-f]{64})\n(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\n$/.exec(text) ??
    []
  const leaf = fromHex(hex, 32)
  if (!leaf || Number.isNaN(Date.parse(at)) || new Date(at).toISOString() !== at) return undefined
  return { cycle, leaf, at }
}
