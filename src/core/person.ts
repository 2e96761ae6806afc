// What a person shows to be let in, a card code or a phone number, how each is read, and the word to tell voters apart.
import { type DigitsProblem, readCheckedDigits, withCheckDigits } from './check-digits.ts'
import { fail, ok, type Result } from './result.ts'
import { foldDigits, graphemeCut } from './text.ts'

/**
 * A card code: 14 random digits and 2 check digits. `random`: 8 bytes or more from a cryptographic source (16 are
 * wise). All bytes, read as one big-endian integer, are reduced modulo 10^14: nothing is rejected, so it always ends.
 * 10^14 does not divide a power of two; the probability of a code is off by less than 10^14 / 256^bytes of itself:
 * 1 in 184,000 with 8 bytes, 1 in 10^24 with 16. RangeError when there are fewer bytes.
 */
export function cardCode(random: Uint8Array): string {
  if (random.length < 8) throw new RangeError('card code: at least 8 random bytes')
  let number = 0n
  for (const byte of random) number = number * 256n + BigInt(byte)
  return withCheckDigits(String(number % 10n ** 14n).padStart(14, '0'))
}

/** `1234567890123456` → `1234 5678 9012 3456`, as on a bank card. */
export const formatCardCode = (code: string): string => code.replace(/\d{4}(?=\d)/g, '$& ')

/**
 * Reads a typed card code into 16 digits. Forgives spaces, dashes and dots between digits of any script. `too-short`
 * carries the digits read: put them before the next message and read again. Wrong check digits cost no attempt.
 */
export const readCardCode = (text: string): Result<string, DigitsProblem> => readCheckedDigits(text, 16)

export type PhoneProblem = { kind: 'not-kazakh' } | { kind: 'not-a-phone' }

// Brackets, dots, dashes, spaces of any width, and the invisible direction marks that a copied contact carries.
const between = /[\s\p{Pd}\p{Cf}\u2212.()]+/gu

/**
 * Reads a phone number in any usual spelling into `77XXXXXXXXX`: +7 7…, 7 7…, 8 7…, 00 7 7… or the ten digits from 7.
 * `not-kazakh`: a number of another country or an anonymous one (+7 9… of Russia, +888…). `not-a-phone`: all else.
 * The operator is never inferred (numbers are portable).
 */
export function readPhone(text: string): Result<string, PhoneProblem> {
  const [, prefix, digits] = /^(\+|00)?([1-9][0-9]*)$/.exec(foldDigits(text).replace(between, '')) ?? []
  if (digits === undefined || digits.length > 15 || digits.length < 8) return fail({ kind: 'not-a-phone' })
  const local = prefix === undefined
  if (digits.startsWith('7') && digits.length === 11) {
    return digits.startsWith('77') ? ok(digits) : fail({ kind: 'not-kazakh' })
  }
  if (local && digits.startsWith('8') && digits.length === 11) {
    return digits.startsWith('87') ? ok(`7${digits.slice(1)}`) : fail({ kind: 'not-kazakh' })
  }
  if (local && digits.startsWith('7') && digits.length === 10) return ok(`7${digits}`)
  // A number of our own shape with a digit missing or too many is a slip, not a foreign number.
  if (digits.startsWith('7') || (local && /^87|^8.{9}$/.test(digits))) return fail({ kind: 'not-a-phone' })
  return fail({ kind: 'not-kazakh' })
}

/** The word by which voters on one phone are told apart, as it is kept: at most 24 characters. */
export const labelOf = (word: string): string => graphemeCut(word.replace(/\s+/g, ' ').trim(), 24)
