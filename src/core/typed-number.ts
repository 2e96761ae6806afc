// A number that somebody typed: a card's code, a receipt, an ИИН or none of them, told by check digits and never by length alone.
import { checkDigitsHold } from './check-digits.ts'
import { foldDigits } from './text.ts'

export const CARD_DIGITS = 16
export const RECEIPT_DIGITS = 14
const IIN_DIGITS = 12

export type TypedNumber =
  | { kind: 'card'; code: string }
  | { kind: 'receipt'; number: string }
  /** The number of a person in the register of the state: never needed, and never to be kept. */
  | { kind: 'iin' }
  /** None of these. `digits`: the longest number of the text; `alone`: nothing but digits and signs stands there. */
  | { kind: 'digits'; digits: string; alone: boolean }
  | { kind: 'none' }

const ZERO_LIKE = /(?<![\p{L}])[0-9OoОоΟο]+(?![\p{L}])/gu

/** In any script's digits, with any signs between and any words around; a letter O is a zero where all else fits. */
export function readTypedNumber(text: string): TypedNumber {
  const folded = foldDigits(text)
  const zeroed = folded.replace(ZERO_LIKE, (word) => word.replace(/[^0-9]/g, '0'))
  const found = known(folded) ?? known(zeroed)
  if (found) return found
  const digits = runsOf(folded)
    .map((run) => run.join(''))
    .reduce((longest, run) => (run.length > longest.length ? run : longest), '')
  return digits === '' ? { kind: 'none' } : { kind: 'digits', digits, alone: !/\p{L}/u.test(folded) }
}

/** Groups of digits; letters part one run from the next. */
const runsOf = (text: string): string[][] =>
  text.split(/\p{L}+/u).flatMap((part) => {
    const run = part.match(/[0-9]+/g)
    return run ? [run] : []
  })

/** The whole text first, then each run, then neighbours inside a run: `№ 5: 1234 5678 9012 3456`. */
function known(text: string): TypedNumber | undefined {
  const runs = runsOf(text)
  const whole = [runs.flat().join(''), ...runs.map((run) => run.join(''))]
  const code = find(whole, CARD_DIGITS) ?? find(runs.flatMap(neighbours), CARD_DIGITS)
  if (code) return { kind: 'card', code }
  const number = find(whole, RECEIPT_DIGITS) ?? find(runs.flatMap(neighbours), RECEIPT_DIGITS)
  if (number) return { kind: 'receipt', number }
  return [...whole, ...runs.flat()].some(isIin) ? { kind: 'iin' } : undefined
}

const find = (candidates: readonly string[], length: number): string | undefined =>
  candidates.find((digits) => digits.length === length && checkDigitsHold(digits))

/** Every stretch of groups that stand next to each other, joined, as far as it could be a number of ours. */
function neighbours(run: readonly string[]): string[] {
  return run.flatMap((_, from) => {
    const joined: string[] = []
    let digits = ''
    for (const group of run.slice(from)) {
      digits += group
      if (digits.length > CARD_DIGITS) break
      joined.push(digits)
    }
    return joined
  })
}

const WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const WEIGHTS_AGAIN = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]

/**
 * Whether these 12 digits are an ИИН: a date of birth, the century with the sex (0–6), a number, and the check digit of the
 * government's decree 406 of 22 May 2007 (weights 1–11 modulo 11; where that gives 10, 3–11, 1, 2).
 */
export function isIin(digits: string): boolean {
  if (digits.length !== IIN_DIGITS || !/^\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[0-6]/.test(digits))
    return false
  const weighed = (weights: readonly number[]) =>
    weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11
  const first = weighed(WEIGHTS)
  return (first === 10 ? weighed(WEIGHTS_AGAIN) : first) === Number(digits[11])
}
