// How a village is called: always with okrug and district, for villages share names.
import type { Localised } from '../core/localised.ts'
import type { T } from '../i18n.ts'

/** Okrugs and districts carry their kind in the name («Баршатас ауылдық округі»); the nearest stands first. */
export interface NamedPlace {
  name: Localised
  within: readonly Localised[]
}

/** `Баршатас, Баршатас ауылдық округі, Аягөз ауданы`. */
export const placeName = (t: T, place: NamedPlace): string =>
  [place.name, ...place.within].map((unit) => t.of(unit)).join(', ')
