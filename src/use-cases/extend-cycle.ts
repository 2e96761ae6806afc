// Moves the close of a vote to a later moment, and tells everyone whose village takes part, once.
import { type ExtendProblem, mayExtend } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { cycleForUpdate, setPhaseStart } from '../store/cycles.ts'
import { enqueueForCycle } from '../store/deliveries.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type ExtendCycleProblem =
  | ExtendProblem
  | NotAllowed
  | { kind: 'no-such-cycle' }
  | { kind: 'not-a-time' }

/** `to`: a moment. Returns it as UTC ISO. A vote that has closed on the database's clock is not opened again. */
export async function extendCycle(
  app: App,
  cycleId: number,
  to: string,
  by: Actor,
): Promise<Result<string, ExtendCycleProblem>> {
  if (!Number.isFinite(Date.parse(to))) return fail({ kind: 'not-a-time' })
  return transact<string, ExtendCycleProblem>(app, async (tx) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayActInCycle(tx, by, 'extend-cycle', cycleId))) return fail({ kind: 'not-allowed' })
    const at = await clock(tx)
    const may = mayExtend(cycle.phase, cycle.timeline, to)
    if (!may.ok) return may
    if (Date.parse(cycle.timeline.counting ?? '') <= Date.parse(at)) return fail({ kind: 'not-voting' })
    const closesAt = may.value
    await setPhaseStart(tx, cycle.id, 'counting', closesAt)
    await appendLeaf(app, tx, cycle.id, {
      kind: 'extended',
      at,
      cycle: cycle.slug,
      closes_at: closesAt,
      by: markOf(app, by),
    })
    await enqueueForCycle(tx, cycle.id, { kind: 'extended', closesAt }, `extended:${cycle.id}:${closesAt}`)
    return ok(closesAt)
  })
}
