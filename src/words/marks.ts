// The marks of a project in the reader's language, and the goals of sustainable development that it serves.
import { plainWords } from '../core/formats/headings.ts'
import { type Mark, type Marks, MARKS, marksOf } from '../core/marks.ts'
import type { Key, T, Texts } from '../i18n.ts'

const NAMES: Record<Mark, Key> = {
  green_energy: 'discover.category-green_energy',
  inclusion: 'discover.category-inclusion',
  climate: 'discover.category-climate',
}

export const markName = (t: T, mark: Mark): string => t(NAMES[mark])

/** `SDG 11`. */
export const sdgName = (t: T, number: number): string => t('discover.sdg', { number })

/** `климат, ЦУР 13, 15`; empty where there are none. Plain text. */
export function marksLine(t: T, project: { category: string; marks?: Marks | null }): string {
  const { marks, sdgs } = marksOf(project)
  const goals = sdgs.length > 0 ? [t('discover.sdg', { number: sdgs.join(', ') })] : []
  return [...marks.map((mark) => markName(t, mark)), ...goals].join(', ')
}

/** Every mark in the reader's language. */
export const markWords = (t: T): string => MARKS.map((mark) => markName(t, mark)).join(', ')

/** By the words of every language, as a file of any of them has it. */
export const everyMark = (textsOf: Texts): Map<string, string> =>
  new Map(
    MARKS.flatMap((mark) =>
      [mark, ...textsOf.languages.map(({ locale }) => textsOf(locale)(NAMES[mark]))].map(
        (word) => [plainWords(word), mark] as const,
      ),
    ),
  )
