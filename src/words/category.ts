// What a project is for, in the reader's language.
import { plainWords } from '../core/formats/headings.ts'
import type { Key, T, Texts } from '../i18n.ts'

const CATEGORIES: Record<string, Key> = {
  roads: 'discover.category-roads',
  street_lighting: 'discover.category-street_lighting',
  playground: 'discover.category-playground',
  greening: 'discover.category-greening',
  sports: 'discover.category-sports',
  water: 'discover.category-water',
  culture: 'discover.category-culture',
  waste: 'discover.category-waste',
  green_energy: 'discover.category-green_energy',
  inclusion: 'discover.category-inclusion',
  climate: 'discover.category-climate',
  other: 'discover.category-other',
}
/** Those that people may choose from, in the order of the list. */
export const categoryIds = (): string[] => Object.keys(CATEGORIES)

/** A category of ours in the reader's language; an imported election's as it stands. */
export const categoryName = (t: T, category: string): string => {
  const key = CATEGORIES[category]
  return key ? t(key) : category
}

/** The category that each word means, in any of these languages; `fold` makes words comparable. */
export const categoriesByName = (
  languages: readonly T[],
  fold: (word: string) => string,
): Map<string, string> =>
  new Map(
    Object.entries(CATEGORIES).flatMap(([id, key]) =>
      [id, ...languages.map((t) => t(key))].map((word) => [fold(word), id] as const),
    ),
  )

/** By the words of every language, as a file of any of them has it. */
export const everyCategory = (textsOf: Texts): Map<string, string> =>
  categoriesByName(
    textsOf.languages.map(({ locale }) => textsOf(locale)),
    plainWords,
  )
