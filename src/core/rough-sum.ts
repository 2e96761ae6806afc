// A sum of money as people write one down: with words for thousands and millions, spaces, points, a currency, "about".
import type { Money } from './money.ts'
import { foldDigits, foldLetters } from './text.ts'

const TIMES: readonly [RegExp, number][] = [
  [/^(?:мын|тыс|thousand|т\.?$|к$|k$)/, 1_000],
  [/^(?:млн|миллион|лям|mln|mio|million|m$|м$)/, 1_000_000],
  [/^(?:млрд|миллиард|bln|billion)/, 1_000_000_000],
]
/** Folded, as `foldLetters` leaves them. */
const AROUND =
  /(?<!\p{L})(?:шамамен|примерно|приблизительно|около|где-то|наверно|about|around|тенге|tenge|kzt|тг)(?!\p{L})\.?|[₸~≈]/giu
const TERM = /^\s*(\d{1,3}(?:[ .,]\d{3})+(?!\d)|\d+(?:[.,]\d{1,2})?)\s*(\p{L}+\.?)?/u

/**
 * Whole tenge: `500 000`, `500.000 тг`, `500 мың`, `1,5 млн`, `2 млн 300 тыс`, `шамамен 800к`. Three digits behind a point are thousands, for
 * nobody guesses a third of a tenge. Undefined for what is no sum, and for 0.
 */
export function readRoughSum(text: string): Money | undefined {
  let left = foldLetters(foldDigits(text)).replace(/\s/gu, ' ').replace(AROUND, ' ').trim()
  let sum = 0
  let last = Number.POSITIVE_INFINITY
  while (left !== '') {
    const [whole, digits = '', unit = ''] = TERM.exec(left) ?? []
    if (whole === undefined) return undefined
    const times = timesOf(unit)
    if (times === undefined || times >= last) return undefined
    sum += Math.round(numberOf(digits) * times)
    last = times
    left = left.slice(whole.length).trim()
  }
  return sum > 0 && Number.isSafeInteger(sum) ? sum : undefined
}

const timesOf = (unit: string): number | undefined =>
  unit === '' ? 1 : TIMES.find(([word]) => word.test(unit))?.[1]

const numberOf = (digits: string): number =>
  /^\d{1,3}(?:[ .,]\d{3})+$/.test(digits)
    ? Number(digits.replace(/\D/g, ''))
    : Number(digits.replace(',', '.'))
