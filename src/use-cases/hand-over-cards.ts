// The desk enters which cards were handed over against a signature: from then on they are alive.
import { isOver } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { parseSerials, type SerialsProblem } from '../core/serials.ts'
import { handOver } from '../store/cards.ts'
import { cycleForUpdate } from '../store/cycles.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'
import { appendCardLeaf } from './append-card-leaf.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { ownPrints } from './printed-by.ts'
import { transact } from './transact.ts'

export type HandOverProblem =
  | SerialsProblem
  | { kind: 'no-such-cycle' }
  | { kind: 'closed' }
  | NotAllowed
  /** In a real vote an official hands over, who is named. */
  | { kind: 'name-official' }
  /** No such cards in this village: nothing was entered. */
  | { kind: 'unknown-serials'; serials: number[] }
  /** Replaced, returned or destroyed: nothing was entered. */
  | { kind: 'dead-serials'; serials: number[] }
  /** Their rows have a card in somebody's hands: two officials replace it. Nothing was entered. */
  | { kind: 'second-serials'; serials: number[] }
  /** Several of one row: one of them is handed over. Nothing was entered. */
  | { kind: 'twin-serials'; serials: number[] }
  /** Who acts printed them, and another official may hand them over. Nothing was entered. */
  | { kind: 'own-prints'; serials: number[] }

export interface HandedOver {
  handed: number[]
  /** Had been entered before. */
  already: number[]
  /** Those that who acts printed, for want of another official. */
  own: number[]
}

/** `serials` as a desk writes them: "1–120 without 7". All of them or none; the same list again changes nothing. */
export async function handOverCards(
  app: App,
  cycleId: number,
  territory: number,
  serials: string,
  by: Actor,
): Promise<Result<HandedOver, HandOverProblem>> {
  const list = parseSerials(serials)
  if (!list.ok) return list
  return transact<HandedOver, HandOverProblem>(app, async (tx) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!cycle.trial && typeof by !== 'number') return fail({ kind: 'name-official' })
    if (!(await mayAct(app, tx, by, 'hand-over-cards', [territory]))) return fail({ kind: 'not-allowed' })
    if (isOver(cycle.phase)) return fail({ kind: 'closed' })
    const done = await handOver(tx, cycleId, territory, list.value)
    const { handed, killed, already, dead, unknown, second, twins } = done
    if (unknown.length > 0) return fail({ kind: 'unknown-serials', serials: unknown })
    if (dead.length > 0) return fail({ kind: 'dead-serials', serials: dead })
    if (second.length > 0) return fail({ kind: 'second-serials', serials: second })
    if (twins.length > 0) return fail({ kind: 'twin-serials', serials: twins })
    const { serials: own, alone } = await ownPrints(app, tx, cycleId, territory, handed, by)
    if (own.length > 0 && !alone) return fail({ kind: 'own-prints', serials: own })
    await appendCardLeaf(app, tx, cycle, 'cards-handed-over', { territory, serials: handed, by, alone })
    await appendCardLeaf(app, tx, cycle, 'cards-reissued', { territory, serials: killed, by })
    return ok({ handed: handed.toSorted((a, b) => a - b), already, own })
  })
}
