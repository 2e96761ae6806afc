// Two check digits over decimal digits (ISO/IEC 7064, MOD 97-10, as in an IBAN), and the reading of a typed number.
import { fail, ok, type Result } from './result.ts'
import { foldDigits } from './text.ts'

export type DigitsProblem =
  /** Nothing that could be a part of the number: no digit at all, or something besides digits and separators. */
  | { kind: 'no-digits' }
  /** The digits read so far: join them with the next message. */
  | { kind: 'too-short'; digits: string }
  | { kind: 'too-long' }
  | { kind: 'check-digits' }

// What people put between digits, and what copying adds: spaces of any width, dashes, dots, marks without width.
const separators = /[\s\p{Pd}\p{Cf}\u2212._,·•]+/gu

function remainder97(digits: string): number {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest
}

/** Appends the two check digits (02…98) that make the number leave 1 when divided by 97. RangeError unless digits. */
export function withCheckDigits(digits: string): string {
  if (!/^[0-9]+$/.test(digits)) throw new RangeError('check digits: decimal digits expected')
  return digits + String(98 - remainder97(`${digits}00`)).padStart(2, '0')
}

/**
 * Whether the last two digits are the ones `withCheckDigits` writes. Every single wrong digit and every swap of two
 * different neighbours is caught. 00, 01 and 99 leave the same remainder as 97, 98 and 02 and are refused: one body
 * has one number.
 */
export function checkDigitsHold(digits: string): boolean {
  return /^[0-9]{3,}$/.test(digits) && withCheckDigits(digits.slice(0, -2)) === digits
}

/** Reads a typed number of `length` digits, check digits included. Forgives separators, never letters. */
export function readCheckedDigits(text: string, length: number): Result<string, DigitsProblem> {
  const digits = foldDigits(text).replace(separators, '')
  if (!/^[0-9]+$/.test(digits)) return fail({ kind: 'no-digits' })
  if (digits.length < length) return fail({ kind: 'too-short', digits })
  if (digits.length > length) return fail({ kind: 'too-long' })
  return checkDigitsHold(digits) ? ok(digits) : fail({ kind: 'check-digits' })
}
