// Binds cards to the rights that they open, so that no card can be moved to another right past the program.
import { rowBond } from '../core/audit/mac.ts'
import { toHex } from '../core/bytes.ts'
import type { BoundCard, HashedCard } from '../store/cards.ts'
import type { Tx } from '../store/db.ts'
import { rightsOf } from '../store/roll.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'

const AT_ONCE = 2000

/** In the transaction that stores them. Their rows are on the roll: throws when one is not. */
export async function bindCards(
  app: App,
  tx: Tx,
  cycle: { id: number; slug: string },
  cards: readonly HashedCard[],
): Promise<BoundCard[]> {
  const origin = originOf(app, cycle.slug)
  const bound: BoundCard[] = []
  for (let start = 0; start < cards.length; start += AT_ONCE) {
    const part = cards.slice(start, start + AT_ONCE)
    const rights = await rightsOf(tx, cycle.id, part)
    for (const [at, { registerNo: _, ...card }] of part.entries()) {
      const right = rights[at]
      if (right === undefined) throw new Error('a card belongs to no row of the roll')
      const { territory, serial, codeHash } = card
      const row = {
        kind: 'card',
        village: String(territory),
        serial,
        right,
        code: toHex(codeHash),
      } as const
      bound.push({ ...card, rollRow: right, bond: rowBond(app.secrets.leafKey, origin, row) })
    }
  }
  return bound
}
