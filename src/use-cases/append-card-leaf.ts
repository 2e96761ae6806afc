// Writes what was done with cards to the log, and beside it which cards those were: the leaf says their number and a hash.
import { serialsHash } from '../core/serials.ts'
import { insertCardAct } from '../store/cards.ts'
import { clock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'

interface CardsOf {
  territory: number
  serials: readonly number[]
  /** Who did it, or their mark. */
  by: Actor | { mark: string }
  /** Of cards handed over: some by who printed them, for want of another official. */
  alone?: boolean
  /** Of a reissue: who confirmed that a card which was handed over dies. */
  second?: number
}

type CardAct = 'cards-printed' | 'cards-handed-over' | 'cards-reissued' | 'cards-returned' | 'cards-destroyed'

/**
 * `serials`: cards of one village; of a reissue those that it killed. In the transaction that changes their state; without cards
 * nothing is written.
 */
export async function appendCardLeaf(
  app: App,
  tx: Tx,
  cycle: { id: number; slug: string },
  kind: CardAct,
  { territory, serials, by, second, alone }: CardsOf,
): Promise<void> {
  if (serials.length === 0) return
  const leaf = await appendLeaf(app, tx, cycle.id, {
    kind,
    at: await clock(tx),
    cycle: cycle.slug,
    village: String(territory),
    serials: serials.length,
    list: serialsHash(serials),
    by: typeof by === 'object' ? by.mark : markOf(app, by),
    ...(kind === 'cards-handed-over' && alone ? { alone: true as const } : {}),
    ...(kind === 'cards-reissued' && second !== undefined ? { second: markOf(app, second) } : {}),
  })
  await insertCardAct(tx, leaf, serials)
}
