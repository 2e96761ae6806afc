// A proposed roll, confirmed by a second official: then, and only then, its rows and cards are on the roll.
import { isOver } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { JointAct } from '../core/two-officials.ts'
import { clock } from '../store/clock.ts'
import { cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { approveImport, importForUpdate } from '../store/roll.ts'
import { takeStagedRoll } from '../store/staged-roll.ts'
import { markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { type ApplyProblem, applyRoll } from './apply-roll.ts'
import type { BothOfficials } from './joint-act.ts'

export type ApproveRollProblem =
  | ApplyProblem
  /** The vote is over: its roll stays as it is. */
  | { kind: 'closed' }
  /** What waited is there no more, or not as it was proposed: the file is imported again. */
  | { kind: 'roll-gone' }

/** In the transaction of the confirmation. */
export async function approveRoll(
  app: App,
  tx: Tx,
  act: Extract<JointAct, { kind: 'roll' }>,
  { by, second }: BothOfficials,
): Promise<Result<void, ApproveRollProblem>> {
  const cycle = await cycleForUpdate(tx, act.cycle)
  if (!cycle || isOver(cycle.phase)) return fail({ kind: 'closed' })
  const proposed = await importForUpdate(tx, act.cycle, act.file)
  const staged = proposed?.state === 'proposed' ? await takeStagedRoll(tx, proposed.id) : undefined
  if (!proposed || staged?.hash !== act.staged) return fail({ kind: 'roll-gone' })
  await approveImport(tx, proposed.id, String(second))
  const applied = await applyRoll(app, tx, cycle, staged.roll(), act.second)
  if (!applied.ok) return applied
  await appendLeaf(app, tx, act.cycle, {
    kind: 'roll-approved',
    at: await clock(tx),
    cycle: cycle.slug,
    rows: applied.value.rows,
    file: act.file,
    by: markOf(app, by),
    second: markOf(app, second),
  })
  return ok(undefined)
}
