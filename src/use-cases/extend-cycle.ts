// Moves the close of a vote to a later moment, and tells everyone whose village takes part, once.
import { type ExtendProblem, type Halt, mayExtend, PROFILES } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate, setPhaseStart } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { enqueueForCycle, readersOfCycle } from '../store/deliveries.ts'
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
  /** It stands still: its close moves when it is resumed. */
  | { kind: 'halted'; halt: Halt }
  /** One official alone moves no close where the profile asks for two. */
  | { kind: 'two-officials' }

/** `to`: a moment. Returns it as UTC ISO. A vote that has closed on the database's clock is not opened again. */
export const extendCycle = (
  app: App,
  cycleId: number,
  to: string,
  by: Actor,
): Promise<Result<string, ExtendCycleProblem>> =>
  transact<string, ExtendCycleProblem>(app, (tx) => extendInside(app, tx, cycleId, { to, by }))

/** The same in the transaction of a second official's confirmation. */
export async function extendInside(
  app: App,
  tx: Tx,
  cycleId: number,
  { to, by, second }: { to: string; by: Actor; second?: number },
): Promise<Result<string, ExtendCycleProblem>> {
  const checked = await checkExtension(app, tx, cycleId, to, by)
  if (!checked.ok) return checked
  const { cycle, closesAt, at } = checked.value
  if (second === undefined && typeof by === 'number' && PROFILES[cycle.profile].officials === 2)
    return fail({ kind: 'two-officials' })
  await setPhaseStart(tx, cycle.id, 'counting', closesAt)
  await appendLeaf(app, tx, cycle.id, {
    kind: 'extended',
    at,
    cycle: cycle.slug,
    closes_at: closesAt,
    by: markOf(app, by),
    ...(second === undefined ? {} : { second: markOf(app, second) }),
  })
  await enqueueForCycle(tx, cycle.id, { kind: 'extended', closesAt }, `extended:${cycle.id}:${closesAt}`)
  return ok(closesAt)
}

/** `before`: the close as it is now, UTC ISO; `people`: to so many the bot would write. */
export interface Extension {
  before: string | undefined
  closesAt: string
  people: number
}

/** What `extendCycle` would do, by the same rules; nothing is changed. */
export const previewExtension = (
  app: App,
  cycleId: number,
  to: string,
  by: Actor,
): Promise<Result<Extension, ExtendCycleProblem>> =>
  transact<Extension, ExtendCycleProblem>(app, async (tx) => {
    const checked = await checkExtension(app, tx, cycleId, to, by)
    if (!checked.ok) return checked
    const { cycle, closesAt } = checked.value
    return ok({
      before: cycle.timeline.counting,
      closesAt,
      people: await readersOfCycle(tx, cycleId, 'extended'),
    })
  })

/** Whether the close may move there; the cycle's row is held. */
export async function checkExtension(
  app: App,
  tx: Tx,
  cycleId: number,
  to: string,
  by: Actor,
): Promise<Result<{ cycle: Cycle; closesAt: string; at: string }, ExtendCycleProblem>> {
  if (!Number.isFinite(Date.parse(to))) return fail({ kind: 'not-a-time' })
  const cycle = await cycleForUpdate(tx, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  if (!(await mayActInCycle(app, tx, by, 'extend-cycle', cycleId))) return fail({ kind: 'not-allowed' })
  if (cycle.halt) return fail({ kind: 'halted', halt: cycle.halt })
  const at = await clock(tx)
  const may = mayExtend(cycle.phase, cycle.timeline, to)
  if (!may.ok) return may
  if (Date.parse(cycle.timeline.counting ?? '') <= Date.parse(at)) return fail({ kind: 'not-voting' })
  return ok({ cycle, closesAt: may.value, at })
}
