// Moves a cycle to its next phase: once, whoever asks. Opening freezes the rules; closing lets no ballot stand behind CLOSE.
import { duePhase, nextPhase, type Phase } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate, lockCasts, startPhaseNow, updatePhase } from '../store/cycles.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { freezeRules } from './freeze-rules.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type MoveProblem =
  | NotAllowed
  | { kind: 'no-such-cycle' }
  /** The last phase has been reached. */
  | { kind: 'no-next-phase' }
  /** Its time has not come, and only a trial may begin a phase early. */
  | { kind: 'not-due'; next: Phase; startsAt: string | undefined }
  /** A draft is announced by people, results are published: neither comes by the clock. */
  | { kind: 'by-hand'; next: Phase }
  /** Results begin when they are published. */
  | { kind: 'by-publishing' }
  | { kind: 'no-close' }
  | { kind: 'no-villages' }
  /** Its ballots must be sealed to key holders, which this release does not do. */
  | { kind: 'needs-key-holders' }

export interface Moved {
  from: Phase
  to: Phase
}

const EARLY: readonly Phase[] = ['announced', 'implementation', 'closed']

/**
 * `clock`: only when the next phase is due on the database's clock. Others: a trial at once, any cycle where people decide
 * (announcing a draft, implementation, the end). One transaction that holds the cycle's row, so of several callers one moves.
 */
export async function movePhase(
  app: App,
  cycleId: number,
  { by }: { by: Actor },
): Promise<Result<Moved, MoveProblem>> {
  return transact<Moved, MoveProblem>(app, async (tx) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayActInCycle(tx, by, 'move-phase', cycleId))) return fail({ kind: 'not-allowed' })
    const now = await clock(tx)
    const decided = decide(cycle, by, now)
    if (!decided.ok) return decided
    const { next, early } = decided.value
    if (next === 'voting') {
      const frozen = await freezeRules(app, tx, cycle, now)
      if (!frozen.ok) return frozen
    }
    const closing = cycle.phase === 'voting'
    if (closing) await lockCasts(tx, cycle.id)
    if (early) await startPhaseNow(tx, cycle.id, next)
    const moved = await updatePhase(tx, cycle.id, cycle.phase, next, by === 'clock')
    if (!moved) return fail({ kind: 'not-due', next, startsAt: cycle.timeline[next] })
    if (closing) await appendLeaf(app, tx, cycle.id, { kind: 'closed', cycle: cycle.slug })
    await appendLeaf(app, tx, cycle.id, {
      kind: 'phase',
      at: now,
      cycle: cycle.slug,
      from: cycle.phase,
      to: next,
      by: markOf(app, by),
    })
    return ok({ from: cycle.phase, to: next })
  })
}

/** The next phase, if it may begin now. `early`: before its time, so its start becomes now. */
function decide(cycle: Cycle, by: Actor, now: string): Result<{ next: Phase; early: boolean }, MoveProblem> {
  const next = nextPhase(cycle.phase, cycle.timeline)
  if (!next) return fail({ kind: 'no-next-phase' })
  if (next === 'results') return fail({ kind: 'by-publishing' })
  const startsAt = cycle.timeline[next]
  const early = startsAt === undefined || Date.parse(startsAt) > Date.parse(now)
  if (by === 'clock') {
    if (cycle.phase === 'draft') return fail({ kind: 'by-hand', next })
    if (duePhase(cycle.phase, cycle.timeline, now) === next) return ok({ next, early: false })
    return fail(early ? { kind: 'not-due', next, startsAt } : { kind: 'by-hand', next })
  }
  if (early && !cycle.trial && !EARLY.includes(next)) return fail({ kind: 'not-due', next, startsAt })
  return ok({ next, early })
}
