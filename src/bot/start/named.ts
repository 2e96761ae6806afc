// Villages by the name that somebody wrote: alone, or with okrug and district where villages share it.
import { foldLetters } from '../../core/text.ts'
import type { Place } from '../../use-cases/list-places.ts'

const wordsIn = (text: string): string[] => foldLetters(text).match(/[\p{L}\p{N}]+/gu) ?? []

/** Those whose own name stands in the text, in any language, and whose full name has every other word of it. */
export function placesNamed(places: readonly Place[], text: string): Place[] {
  const said = wordsIn(text)
  if (said.length === 0) return []
  return places.filter(({ name, within }) =>
    Object.entries(name).some(([locale, own]) => {
      const of = (unit: Record<string, string>) => wordsIn(unit[locale] ?? unit['kk'] ?? '')
      const full = new Set([...wordsIn(own), ...within.flatMap(of)])
      return wordsIn(own).every((word) => said.includes(word)) && said.every((word) => full.has(word))
    }),
  )
}
