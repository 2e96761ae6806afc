// Villages by the name that somebody wrote: alone, or with okrug and district where villages share it; misspelt, the nearest.
import { nearest } from '../../core/formats/headings.ts'
import { foldLetters } from '../../core/text.ts'
import type { Place } from '../../use-cases/list-places.ts'

/** What kind of a place it is: said or not, it is the same one. Folded, as words are compared. */
const KINDS = new Set(['село', 'аул', 'поселок', 'ауыл', 'ауылы', 'кенти', 'village', 'с', 'а'])

const wordsIn = (text: string): string[] => foldLetters(text).match(/[\p{L}\p{N}]+/gu) ?? []

/** Those whose own name stands in the text, in any language, and whose full name has every other word of it. */
export function placesNamed(places: readonly Place[], text: string): Place[] {
  const said = wordsIn(text)
  const names = said.filter((word) => !KINDS.has(word))
  if (names.length === 0) return []
  return places.filter(({ name, within }) =>
    Object.entries(name).some(([locale, own]) => {
      const of = (unit: Record<string, string>) => wordsIn(unit[locale] ?? unit['kk'] ?? '')
      const full = new Set([...wordsIn(own), ...within.flatMap(of)])
      return wordsIn(own).every((word) => said.includes(word)) && names.every((word) => full.has(word))
    }),
  )
}

/** Those that are called nearly so: to be asked about, never to be taken for what was meant. */
export function placesNearly(places: readonly Place[], text: string): Place[] {
  const said = wordsIn(text)
    .filter((word) => !KINDS.has(word))
    .join(' ')
  const name = nearest(
    said,
    places.flatMap((place) => Object.values(place.name)),
  )
  return name === undefined ? [] : places.filter((place) => Object.values(place.name).includes(name))
}
