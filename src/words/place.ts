// How a village is called: always with okrug and district, for villages share names.
import type { Localised } from '../core/localised.ts'
import type { T } from '../i18n.ts'

/** Okrugs and districts carry their kind in the name («Баршатас ауылдық округі»); the nearest stands first. */
export interface NamedPlace {
  name: Localised
  within: readonly Localised[]
}

const inFull = ({ name, within }: NamedPlace, read: (unit: Localised) => string): string =>
  [name, ...within].map(read).join(', ')

/** `Баршатас, Баршатас ауылдық округі, Аягөз ауданы`, in the reader's language. */
export const placeName = (t: T, place: NamedPlace): string => inFull(place, (unit) => t.of(unit))

/** The same in Kazakh, where no reader's language is known: on the command line, in a list of cards. */
export const officialName = (place: NamedPlace): string => inFull(place, (unit) => unit.kk)
