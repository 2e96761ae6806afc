// After the days for disputes two officials let a vote be forgotten: sealed boxes, claims and hashes of cards go, and a leaf says so.
import { decodeEvent } from '../core/audit/event.ts'
import { isPublished, type Phase } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { DISPUTE_DAYS } from '../core/trust-terms.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { forgetRows } from '../store/forgotten.ts'
import { forgetReportsOf } from '../store/pressure.ts'
import { forgetReasonsOf } from '../store/reviews.ts'
import { leavesOfKind } from '../store/log.ts'
import { markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import type { BothOfficials } from './joint-act.ts'
import { proposeAct, type Proposed, type ProposeProblem } from './propose-act.ts'
import { readWorks } from './read-works.ts'
import { transact } from './transact.ts'

export type ForgetProblem =
  | { kind: 'no-such-cycle' }
  /** Nothing of it is published, so all of it is needed. */
  | { kind: 'wrong-phase'; phase: Phase }
  /** The days for disputes are not over. `until`: UTC ISO. */
  | { kind: 'too-early'; until: string }
  | { kind: 'forgotten-before' }
  /** A work is called not as promised: whoever voted may have to be asked. */
  | { kind: 'dispute-open' }

export type ProposeForgetProblem = ProposeProblem | ForgetProblem

export const proposeForget = (
  app: App,
  cycleId: number,
  by: number,
): Promise<Result<Proposed, ProposeForgetProblem>> =>
  transact<Proposed, ProposeForgetProblem>(app, async (tx) => {
    const may = await mayForget(app, tx, cycleId)
    return may.ok ? proposeAct(app, tx, { kind: 'forget', cycle: cycleId }, by) : may
  })

/** In the transaction of the confirmation. The leaf comes first: without it the database lets nothing go. */
export async function forgetCycle(
  app: App,
  tx: Tx,
  cycleId: number,
  { by, second }: BothOfficials,
): Promise<Result<void, ForgetProblem>> {
  const may = await mayForget(app, tx, cycleId)
  if (!may.ok) return may
  const { slug, at } = may.value
  const both = { by: markOf(app, by), second: markOf(app, second) }
  await appendLeaf(app, tx, cycleId, { kind: 'forgotten', at, cycle: slug, ...both })
  await forgetRows(tx, cycleId)
  await forgetReportsOf(tx, cycleId)
  await forgetReasonsOf(tx, cycleId)
  return ok(undefined)
}

async function mayForget(
  app: App,
  tx: Tx,
  cycleId: number,
): Promise<Result<Pick<Cycle, 'slug'> & { at: string }, ForgetProblem>> {
  const cycle = await cycleForUpdate(tx, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  if (!isPublished(cycle.phase)) return fail({ kind: 'wrong-phase', phase: cycle.phase })
  if ((await leavesOfKind(tx, cycleId, 'forgotten')).length > 0) return fail({ kind: 'forgotten-before' })
  const at = await clock(tx)
  const until = await disputesUntil(tx, cycle)
  if (Date.parse(at) < Date.parse(until)) return fail({ kind: 'too-early', until })
  const works = await readWorks(app, cycleId)
  if (works.some(({ state }) => state === 'disputed')) return fail({ kind: 'dispute-open' })
  return ok({ slug: cycle.slug, at })
}

/** UTC ISO. */
async function disputesUntil(tx: Tx, { id, trustTerms }: Cycle): Promise<string> {
  const days = trustTerms.dispute ?? DISPUTE_DAYS
  const ends = (await leavesOfKind(tx, id, 'published')).flatMap(({ body }) => {
    const event = decodeEvent(body)
    return event.ok && event.value.kind === 'published'
      ? [Date.parse(event.value.at) + days * 86_400_000]
      : []
  })
  return new Date(Math.max(...ends)).toISOString()
}
