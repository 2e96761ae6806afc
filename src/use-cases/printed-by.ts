// Who prints cards does not hand them out: asked of the leaves that say who printed them.
import type { Tx } from '../store/db.ts'
import { printedBy } from '../store/printed.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { whoElseMay } from './may-act.ts'

export interface OwnPrints {
  /** Those of the cards that whoever acts printed. */
  serials: number[]
  /** Nobody else may hand over there. */
  alone: boolean
}

/** In the transaction that hands over cards of one village. */
export async function ownPrints(
  app: App,
  tx: Tx,
  cycle: number,
  territory: number,
  serials: readonly number[],
  by: Actor,
): Promise<OwnPrints> {
  if (typeof by !== 'number') return { serials: [], alone: false }
  const own = await printedBy(tx, cycle, territory, serials, markOf(app, by))
  if (own.length === 0) return { serials: [], alone: false }
  return { serials: own, alone: (await whoElseMay(app, tx, 'hand-over-cards', [territory], by)).length === 0 }
}
