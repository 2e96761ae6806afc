// Moves a cycle to its next phase: once, whoever asks. Opening freezes the rules; closing lets no ballot stand behind CLOSE.
import { duePhase, type Halt, nextPhase, type Phase, PROFILES } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate, lockCasts, startPhaseNow, updatePhase } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { ideaTermsOf } from '../store/ideas.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { freezeProblems, freezeRules } from './freeze-rules.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { beginSupport, endSupport } from './reach-support.ts'
import { readyIdeas, type TakeProblem, takeIdeas } from './take-ideas.ts'
import { tellListed } from './tell-listed.ts'
import { beganKey, tellWatchers } from './tell-watchers.ts'
import { transact } from './transact.ts'

export type MoveProblem =
  | NotAllowed
  | TakeProblem
  | { kind: 'no-such-cycle' }
  /** The last phase has been reached. */
  | { kind: 'no-next-phase' }
  /** Somebody or the clock was faster: it is no more where it was seen. */
  | { kind: 'moved-before'; phase: Phase }
  /** It stands still: suspended, or void for good. */
  | { kind: 'halted'; halt: Halt }
  /** One official alone begins nothing early where the profile asks for two. */
  | { kind: 'two-officials' }
  /** Its time has not come, and only a trial may begin a phase early. */
  | { kind: 'not-due'; next: Phase; startsAt: string | undefined }
  /** A draft is announced by people, results are published: neither comes by the clock. */
  | { kind: 'by-hand'; next: Phase }
  /** Results begin when they are published. */
  | { kind: 'by-publishing' }
  | { kind: 'no-close' }
  | { kind: 'no-villages' }
  /** Nobody holds its key yet, or two shares have not opened a test. */
  | { kind: 'needs-key-holders' }

export interface Moved {
  from: Phase
  to: Phase
}

const EARLY: readonly Phase[] = ['announced', 'implementation', 'closed']

/**
 * `clock`: only when the next phase is due on the database's clock. Others: a trial at once, any cycle where people decide
 * (announcing a draft, implementation, the end). `from`: where it was seen. One transaction that holds the cycle's row, so of several callers one moves.
 */
export const movePhase = (
  app: App,
  cycleId: number,
  { by, from }: { by: Actor; from?: Phase },
): Promise<Result<Moved, MoveProblem>> =>
  transact<Moved, MoveProblem>(app, (tx) => moveInside(app, tx, cycleId, { by, from }))

/** The same in the transaction of a second official's confirmation. */
export async function moveInside(
  app: App,
  tx: Tx,
  cycleId: number,
  { by, from, second }: { by: Actor; from: Phase | undefined; second?: number },
): Promise<Result<Moved, MoveProblem>> {
  const decided = await mayMove(app, tx, cycleId, { by, from, alone: second === undefined })
  if (!decided.ok) return decided
  const { cycle, next, early, now } = decided.value
  if (next === 'support' || next === 'voting') {
    const listed = await listIdeas(app, tx, cycle, next)
    if (!listed.ok) return listed
  }
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
    ...(second === undefined ? {} : { second: markOf(app, second) }),
  })
  if (next === 'voting') await tellListed(app, tx, cycle, beganKey(cycle.id, next))
  await tellWatchers(app, tx, cycle, next)
  return ok({ from: cycle.phase, to: next })
}

/** What is next of a cycle. `blocks`: all that stands in the way of whoever asks; none: it may begin now. */
export interface NextStep {
  next: Phase | undefined
  startsAt: string | undefined
  blocks: MoveProblem[]
}

/** What `movePhase` would say, and all that it would say after that; nothing is changed. */
export const previewMove = (app: App, cycleId: number, by: Actor): Promise<Result<NextStep, MoveProblem>> =>
  transact<NextStep, MoveProblem>(app, async (tx) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    const decided = await mayMove(app, tx, cycleId, { by, from: undefined, alone: false })
    if (!decided.ok && decided.problem.kind === 'not-allowed') return decided
    const next = nextPhase(cycle.phase, cycle.timeline)
    const blocks = decided.ok ? [] : [decided.problem]
    if (next === 'support' || next === 'voting') blocks.push(...(await readyIdeas(app, tx, cycle)).problems)
    if (next === 'voting') blocks.push(...(await freezeProblems(app, tx, cycle)))
    return ok({ next, startsAt: next && cycle.timeline[next], blocks })
  })

export interface MayMove {
  cycle: Cycle
  next: Phase
  early: boolean
  /** The database's clock, UTC ISO. */
  now: string
}

/** Whether whoever asks may begin the next phase now. `alone`: without a second official. */
export async function mayMove(
  app: App,
  tx: Tx,
  cycleId: number,
  { by, from, alone }: { by: Actor; from: Phase | undefined; alone: boolean },
): Promise<Result<MayMove, MoveProblem>> {
  const cycle = await cycleForUpdate(tx, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  if (!(await mayActInCycle(app, tx, by, 'move-phase', cycleId))) return fail({ kind: 'not-allowed' })
  if (from !== undefined && from !== cycle.phase) return fail({ kind: 'moved-before', phase: cycle.phase })
  if (cycle.halt) return fail({ kind: 'halted', halt: cycle.halt })
  const now = await clock(tx)
  const decided = decide(cycle, by, now)
  if (!decided.ok) return decided
  if (alone && typeof by === 'number' && PROFILES[cycle.profile].officials === 2)
    return fail({ kind: 'two-officials' })
  return ok({ cycle, now, ...decided.value })
}

/** Ideas become projects as support begins, or as voting does where they need supporters first; what is in the way is so at both. */
async function listIdeas(app: App, tx: Tx, cycle: Cycle, next: Phase): Promise<Result<unknown, TakeProblem>> {
  const { support } = await ideaTermsOf(tx, cycle.id)
  if (next === 'voting' || !support) {
    await endSupport(app, tx, cycle)
    return takeIdeas(app, tx, cycle)
  }
  const [problem] = (await readyIdeas(app, tx, cycle)).problems
  if (problem) return fail(problem)
  await beginSupport(app, tx, cycle)
  return ok(undefined)
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
