// Where the cards of a village are, as everybody may read it while people vote: small numbers left out, and none that a subtraction tells.
import { FEWEST_SHOWN, type ShownCell } from '../core/needs.ts'
import { shownParts } from '../core/small-cells.ts'
import { cardNumbers } from '../store/cards.ts'
import type { App } from './app.ts'

/** Where a card may be, in the order in which it is told. `printed`: not handed over. `replaced`: another one took its place. */
export const CARD_PLACES = ['printed', 'handed', 'returned', 'destroyed', 'replaced'] as const
export type CardPlace = (typeof CARD_PLACES)[number]

/** `cards`: all that were ever printed. */
export interface ShownCards extends Record<CardPlace, ShownCell> {
  cards: number
}

/** Undefined where none was printed. */
export async function shownCards(
  app: App,
  cycle: number,
  territory: number,
): Promise<ShownCards | undefined> {
  const numbers = (await cardNumbers(app.db, cycle)).find((one) => one.territory === territory)
  if (!numbers) return undefined
  const parts = shownParts(CARD_PLACES.map((one) => numbers[one]))
  const [printed = null, handed = null, returned = null, destroyed = null, replaced = null] = parts.map(
    (part) => (part !== null && part > 0 && part < FEWEST_SHOWN ? null : part),
  )
  return { cards: numbers.cards, printed, handed, returned, destroyed, replaced }
}
