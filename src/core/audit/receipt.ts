// The receipt: its number for people, the words the server signs, and the commitment that hides the choice.
import { concat, toHex, utf8 } from '../bytes.ts'
import { type DigitsProblem, readCheckedDigits, withCheckDigits } from '../check-digits.ts'
import { fail, ok, type Result } from '../result.ts'
import { sha256 } from '../sha256.ts'

/**
 * The number a person keeps: the leaf hash as a big-endian integer modulo 10^12, in 12 digits, and 2 check digits.
 * A clash inside a cycle is possible (1 in 200 with 100,000 ballots): the caster then draws a new nonce.
 */
export function receiptNumber(leafHash: Uint8Array): string {
  if (leafHash.length !== 32) throw new RangeError('receipt: a leaf hash has 32 bytes')
  let rest = 0
  for (const byte of leafHash) rest = (rest * 256 + byte) % 1e12
  return withCheckDigits(String(rest).padStart(12, '0'))
}

/** `12345678901234` → `1234 5678 9012 34`. */
export const formatReceiptNumber = (number: string): string => number.replace(/\d{4}(?=\d)/g, '$& ')

/** Reads a typed receipt number into 14 digits; forgives spaces, dashes and dots. */
export const readReceiptNumber = (text: string): Result<string, DigitsProblem> => readCheckedDigits(text, 14)

/**
 * The bytes a receipt's signature covers: `dauys-receipt-v1`, the cycle, the leaf hash in hex and the time, a line
 * each. `at` is a UTC ISO string. RangeError when a part could be read as another line.
 */
export function receiptStatement(receipt: { cycle: string; leaf: Uint8Array; at: string }): Uint8Array {
  const { cycle, leaf, at } = receipt
  if (cycle === '' || /[\p{Cc}\p{Cs}]/u.test(cycle)) throw new RangeError('receipt: the cycle is one line')
  if (leaf.length !== 32) throw new RangeError('receipt: a leaf hash has 32 bytes')
  if (!/^[\d-]{10}T[\d:.]{8,15}Z$/.test(at)) throw new RangeError('receipt: a UTC ISO time expected')
  return utf8(`dauys-receipt-v1\n${cycle}\n${toHex(leaf)}\n${at}\n`)
}

/**
 * What the log keeps of a ballot before the count: SHA-256("dauys-ballot-v1" ‖ length of the cycle ‖ cycle ‖ nonce ‖
 * choices). The tag and the nonce (32 secret random bytes) have fixed lengths and the cycle's UTF-8 bytes are counted
 * in 4 bytes, big-endian, before it, so no two inputs make the same bytes. `choices`: text of `canonicalChoices`.
 */
export function commitment(cycle: string, nonce: Uint8Array, choices: string): Uint8Array {
  if (nonce.length !== 32) throw new RangeError('commitment: the nonce has 32 bytes')
  if (/\p{Cs}/u.test(cycle + choices)) throw new RangeError('commitment: a lone surrogate')
  const name = utf8(cycle)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, name.length)
  return sha256(concat(utf8('dauys-ballot-v1'), length, name, nonce, utf8(choices)))
}

/** One pot of a ballot: project ids in the order of the frozen list (rankings as ranked, points as `id=n`). */
export type PotChoices = { pot: string; list: readonly string[] }

const word = /^[^\s:,\p{C}]+$/u

/**
 * The one spelling of a ballot: a line a pot, `pot:id,id`, lines joined by a newline, in the order of the frozen list.
 * A pot left empty is `pot:`. RangeError for a repeated pot or entry, or an id that holds a space, `:` or `,`.
 */
export function canonicalChoices(pots: readonly PotChoices[]): string {
  const names = pots.map(({ pot }) => pot)
  if (!areWords(names) || !pots.every(({ list }) => areWords(list))) {
    throw new RangeError('choices: ids are distinct, without spaces, colons and commas')
  }
  return pots.map(({ pot, list }) => `${pot}:${list.join(',')}`).join('\n')
}

/** Reads `canonicalChoices` back; whether the ids are of the frozen list and in its order is for the reader to check. */
export function readCanonicalChoices(text: string): Result<PotChoices[], { kind: 'not-canonical' }> {
  const pots = text === '' ? [] : text.split('\n').map(readLine)
  const known = pots.filter((pot) => pot !== undefined)
  const whole = known.length === pots.length && areWords(known.map(({ pot }) => pot))
  return whole ? ok(known) : fail({ kind: 'not-canonical' })
}

function readLine(line: string): PotChoices | undefined {
  const colon = line.indexOf(':')
  if (colon < 0) return undefined
  const rest = line.slice(colon + 1)
  const list = rest === '' ? [] : rest.split(',')
  return areWords(list) ? { pot: line.slice(0, colon), list } : undefined
}

const areWords = (words: readonly string[]): boolean =>
  words.every((one) => word.test(one)) && new Set(words).size === words.length
