// The desk enters which cards were handed over against a signature: from then on they are alive.
import { isOver } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { parseSerials, serialsHash, type SerialsProblem } from '../core/serials.ts'
import { clock } from '../store/clock.ts'
import { cycleForUpdate } from '../store/cycles.ts'
import { handOver } from '../store/roll.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type HandOverProblem =
  | SerialsProblem
  | { kind: 'no-such-cycle' }
  | { kind: 'closed' }
  | NotAllowed
  /** No such cards in this village: nothing was entered. */
  | { kind: 'unknown-serials'; serials: number[] }
  /** Replaced, returned or destroyed: nothing was entered. */
  | { kind: 'dead-serials'; serials: number[] }

export interface HandedOver {
  handed: number[]
  /** Had been entered before. */
  already: number[]
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
    if (!(await mayAct(tx, by, 'hand-over-cards', [territory]))) return fail({ kind: 'not-allowed' })
    if (isOver(cycle.phase)) return fail({ kind: 'closed' })
    const { handed, already, dead, unknown } = await handOver(tx, cycleId, territory, list.value)
    if (unknown.length > 0) return fail({ kind: 'unknown-serials', serials: unknown })
    if (dead.length > 0) return fail({ kind: 'dead-serials', serials: dead })
    if (handed.length > 0) {
      await appendLeaf(app, tx, cycleId, {
        kind: 'cards-handed-over',
        at: await clock(tx),
        cycle: cycle.slug,
        village: String(territory),
        serials: handed.length,
        list: serialsHash(handed),
        by: markOf(app, by),
      })
    }
    return ok({ handed: handed.toSorted((a, b) => a - b), already })
  })
}
