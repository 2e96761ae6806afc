// How a place is headed on paper: villages share names, so okrug and district always stand with it.
import type { Localised } from '../core/localised.ts'
import type { T } from '../i18n.ts'

/** Names as the cycle has them. Okrugs and districts carry their kind in the name («Баршатас ауылдық округі»). */
export type Place = { village: Localised; okrug?: Localised | undefined; district?: Localised | undefined }

/** «Баршатас, Баршатас ауылдық округі, Аягөз ауданы». */
export const placeLine = (t: T, { village, okrug, district }: Place): string =>
  [village, okrug, district].flatMap((name) => (name ? [t.of(name)] : [])).join(', ')
