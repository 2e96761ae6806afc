// Columns by their headings as people write them: in kk, ru or en, in any order, with a title above, saved by any spreadsheet.
import { foldLetters } from '../text.ts'
import type { IsHeader } from './csv.ts'

/** What a column may be called. The first spelling of each is the one to show. */
export type Headings<C extends string> = Readonly<Record<C, readonly string[]>>

/** Words as they are compared: case, signs and the nine Kazakh letters do not count. */
export const plainWords = (text: string): string =>
  foldLetters(text)
    .replace(/№/g, ' № ')
    .replace(/[^\p{L}\p{N}№]+/gu, ' ')
    .trim()

/** Where each column stands: the places of all headings that mean it, the first of them counts. */
export function findHeadings<C extends string>(
  header: readonly string[],
  headings: Headings<C>,
): Map<C, number[]> {
  const found = new Map<C, number[]>()
  for (const [column, names] of Object.entries(headings) as [C, readonly string[]][]) {
    const known = new Set(names.map(plainWords))
    const places = header.flatMap((name, at) => (known.has(plainWords(name)) ? [at] : []))
    if (places.length > 0) found.set(column, places)
  }
  return found
}

/** A row with two headings that are known is a header: a title is one cell. */
export const hasHeadings =
  <C extends string>(headings: Headings<C>): IsHeader =>
  (cells) =>
    findHeadings(cells, headings).size >= 2

/** Kazakh letters that a page without them turned into question marks: `Т?ркеу`, `Аяг?з`. */
export const lostLetters = (text: string): boolean =>
  text.includes('\uFFFD') || /\p{Script=Cyrillic}\?|\?\p{Script=Cyrillic}/u.test(text)

const TOTALS = /^(?:барлыгы|жиыны|жалпы|итого|всего|total)(?: |$)/u

/** The last row of a sheet that adds the others up. */
export const isTotal = (cells: readonly string[]): boolean =>
  TOTALS.test(plainWords(cells.find((cell) => cell.trim() !== '') ?? ''))

/** The spelling that is nearest to a misspelt one: at most two letters away, and no more than a third of them. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const wanted = plainWords(word)
  let best: { name: string; away: number } | undefined
  for (const name of known) {
    const away = lettersApart(wanted, plainWords(name))
    if (away <= 2 && away * 3 <= wanted.length && (!best || away < best.away)) best = { name, away }
  }
  return best?.name
}

/** Levenshtein's distance. */
function lettersApart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + same))
    }
    row = next
  }
  return row[b.length] as number
}
