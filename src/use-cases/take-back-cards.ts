// The desk enters which cards came back unused, and which were destroyed before witnesses: from then on they are dead.
import { isOver } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { parseSerials } from '../core/serials.ts'
import { takeBack } from '../store/cards.ts'
import { cycleForUpdate } from '../store/cycles.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'
import { appendCardLeaf } from './append-card-leaf.ts'
import type { HandOverProblem } from './hand-over-cards.ts'
import { mayAct } from './may-act.ts'
import { transact } from './transact.ts'

export type TakeBackProblem =
  | HandOverProblem
  /** Somebody votes with them: nothing was entered. */
  | { kind: 'used-serials'; serials: number[] }
  /** They are with people: what is destroyed was returned before. */
  | { kind: 'not-returned'; serials: number[] }

export interface TakenBack {
  taken: number[]
  /** Had been entered before. */
  already: number[]
}

/** `serials` as a desk writes them: "1–120 without 7". All of them or none; the same list again changes nothing. */
export async function takeBackCards(
  app: App,
  cycleId: number,
  territory: number,
  serials: string,
  { to, by }: { to: 'returned' | 'destroyed'; by: Actor },
): Promise<Result<TakenBack, TakeBackProblem>> {
  const list = parseSerials(serials)
  if (!list.ok) return list
  return transact<TakenBack, TakeBackProblem>(app, async (tx) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayAct(app, tx, by, 'hand-over-cards', [territory]))) return fail({ kind: 'not-allowed' })
    if (isOver(cycle.phase)) return fail({ kind: 'closed' })
    const { taken, already, used, held, dead, unknown } = await takeBack(
      tx,
      cycleId,
      territory,
      list.value,
      to,
    )
    if (unknown.length > 0) return fail({ kind: 'unknown-serials', serials: unknown })
    if (used.length > 0) return fail({ kind: 'used-serials', serials: used })
    if (held.length > 0) return fail({ kind: 'not-returned', serials: held })
    if (dead.length > 0) return fail({ kind: 'dead-serials', serials: dead })
    await appendCardLeaf(app, tx, cycle, `cards-${to}`, { territory, serials: taken, by })
    return ok({ taken, already })
  })
}
