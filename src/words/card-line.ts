// A card with its secret as a line of a list: of demos only, for a real card goes into its envelope unread.
import { formatCardCode } from '../core/person.ts'
import { type NamedPlace, officialName } from './place.ts'

/** `Мақаншы, Мақаншы ауылдық округі, Үржар ауданы  12  1234 5678 9012 3456`, tabs between. `code`: 16 digits. */
export const cardLine = (card: NamedPlace & { serial: number; code: string }): string =>
  `${officialName(card)}\t${card.serial}\t${formatCardCode(card.code)}`
