// What a project is for, in the reader's language.
import type { Key, T } from '../i18n.ts'

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
/** A category of ours in the reader's language; an imported election's as it stands. */
export const categoryName = (t: T, category: string): string => {
  const key = CATEGORIES[category]
  return key ? t(key) : category
}
