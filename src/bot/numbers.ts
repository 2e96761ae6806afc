// Texts that are numbers: what a message holds, and how many digits make a text a number that somebody means.
import { foldDigits } from '../core/text.ts'
import { readTypedMoment } from '../core/typed-moment.ts'
import { readTypedNumber, type TypedNumber } from '../core/typed-number.ts'

/** From so many digits on a text is taken for a number: a card, a receipt, or neither. */
const LIKE_A_NUMBER = 9

export const numberIn = (text: string | undefined): TypedNumber =>
  text === undefined ? { kind: 'none' } : readTypedNumber(text)

/** How many digits a number has that is neither a card nor a receipt; undefined where the text is no number. */
export function strangeDigits(text: string | undefined): number | undefined {
  // A date and a time are twelve digits too.
  if (text !== undefined && readTypedMoment(text)) return undefined
  const number = numberIn(text)
  return number.kind === 'digits' && number.digits.length >= LIKE_A_NUMBER ? number.digits.length : undefined
}

/** Seven digits or more, whatever stands between them: a code, half a code, a phone. Nothing to search for, nobody's name. */
export const carriesNumber = (text: string): boolean => (text.match(/\p{Nd}/gu)?.length ?? 0) >= 7

/** A number of the akimat's list as clerks type it, `12` or `№ 12`; undefined where it is none. */
export function listNumber(text: string): number | undefined {
  const folded = foldDigits(text).trim().replace(/^№\s*/u, '')
  return /^\d{1,7}$/.test(folded) ? Number(folded) : undefined
}
