// Two people put the vote of a village under review, or end that: a leaf each. Nothing is rejected, every vote is counted, and the result says it.
import { createHash } from 'node:crypto'
import { isBefore } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { nextStep, REVIEW_LETTERS, type ReviewStep } from '../core/review.ts'
import type { JointAct } from '../core/two-officials.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { disputesOver } from '../store/pressure.ts'
import { keepReason, reasonDone } from '../store/reviews.ts'
import { codesOf } from '../store/territories.ts'
import { markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import type { BothOfficials } from './joint-act.ts'
import { proposeAct, type Proposed, type ProposeProblem } from './propose-act.ts'
import { readReviews, reviewIn } from './read-reviews.ts'
import { transact } from './transact.ts'

export type ReviewAct = Extract<JointAct, { kind: 'review-open' | 'review-close' }>

export type ReviewProblem =
  | { kind: 'no-such-cycle' }
  /** Not a village of this vote. */
  | { kind: 'no-such-place' }
  | { kind: 'no-vote-yet' }
  /** It is, since then (UTC ISO). */
  | { kind: 'under-review'; since: string }
  | { kind: 'not-under-review' }
  /** It went under review, and out of it again, since it was looked at. */
  | { kind: 'reviewed-since' }
  /** The days for disputes about the vote are over: what is under review is ended, and nothing is begun. */
  | { kind: 'too-late' }

export type ProposeReviewProblem =
  | ProposeProblem
  | ReviewProblem
  /** Of the reason. */
  | { kind: 'bad-length'; least: number; most: number; number: number }

/** `turn`: how often it went under review and out of it when it was looked at. `reason`: for auditors alone. */
export interface ReviewWish {
  cycle: number
  territory: number
  step: ReviewStep
  turn: number
  reason: string
}

/** A second person must confirm it, in a practice too: who reviews a vote is never one alone. */
export const proposeReview = (
  app: App,
  { cycle, territory, step, turn, reason }: ReviewWish,
  by: number,
): Promise<Result<Proposed, ProposeReviewProblem>> =>
  transact<Proposed, ProposeReviewProblem>(app, async (tx) => {
    const text = reason.trim()
    const number = Array.from(text).length
    const [least, most] = REVIEW_LETTERS
    if (number < least || number > most) return fail({ kind: 'bad-length', least, most, number })
    const hash = createHash('sha256').update(text).digest('hex')
    const act: ReviewAct = { kind: `review-${step}`, cycle, territory, turn, reason: hash }
    const checked = await check(app, tx, act)
    if (!checked.ok) return checked
    const proposed = await proposeAct(app, tx, act, by)
    if (proposed.ok) await keepReason(tx, act, text)
    return proposed
  })

/** Holds the cycle, so that of two acts at once the second is checked against the first. */
async function check(app: App, tx: Tx, act: ReviewAct): Promise<Result<Cycle, ReviewProblem>> {
  const cycle = await cycleForUpdate(tx, act.cycle)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  if (!(await codesOf(tx, cycle.id)).some(({ territory }) => territory === act.territory))
    return fail({ kind: 'no-such-place' })
  if (isBefore(cycle.phase, 'voting')) return fail({ kind: 'no-vote-yet' })
  const review = reviewIn(await readReviews(app, tx, cycle), act.territory)
  if (act.kind !== `review-${nextStep(review)}`)
    return review.since === undefined
      ? fail({ kind: 'not-under-review' })
      : fail({ kind: 'under-review', since: review.since })
  if (review.turns !== act.turn) return fail({ kind: 'reviewed-since' })
  if (act.kind === 'review-open' && (await disputesOver(tx, cycle.id))) return fail({ kind: 'too-late' })
  return ok(cycle)
}

/** In the transaction of the confirmation. */
export async function reviewVillage(
  app: App,
  tx: Tx,
  act: ReviewAct,
  { by, second }: BothOfficials,
): Promise<Result<void, ReviewProblem>> {
  const checked = await check(app, tx, act)
  if (!checked.ok) return checked
  await reasonDone(tx, act)
  await appendLeaf(app, tx, act.cycle, {
    kind: act.kind === 'review-open' ? 'review-opened' : 'review-closed',
    at: await clock(tx),
    cycle: checked.value.slug,
    village: String(act.territory),
    by: markOf(app, by),
    second: markOf(app, second),
  })
  return ok(undefined)
}
