// Where the votes of villages stand under review, for whoever may begin and end that; why, for auditors alone.
import { isBefore } from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Review } from '../core/review.ts'
import { PROPOSAL_HOURS } from '../core/two-officials.ts'
import { clock } from '../store/clock.ts'
import { cycleById } from '../store/cycles.ts'
import { reasonsOf, type ReviewReason } from '../store/reviews.ts'
import { knownTerritories } from '../store/territories.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'
import type { Cycle } from './list-cycles.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { readReviews, reviewIn } from './read-reviews.ts'

export type { ReviewReason }

export type VillageReview = Review & {
  territory: number
  name: Localised
  within: Localised[]
  /** Those that were confirmed, and those that may still be; undefined for whoever is no auditor. */
  reasons: ReviewReason[] | undefined
}

export interface Reviews {
  cycle: Cycle
  /** Those under review first. */
  villages: VillageReview[]
}

/** Nothing before voting began. */
export async function listReviews(
  app: App,
  cycleId: number,
  by: Actor,
): Promise<Result<Reviews, NotAllowed | { kind: 'no-such-cycle' | 'no-vote-yet' }>> {
  const cycle = await cycleById(app.db, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  const [places, reviews, reasons, now] = await Promise.all([
    knownTerritories(app.db, cycleId),
    readReviews(app, app.db, cycle),
    reasonsOf(app.db, cycleId),
    clock(app.db),
  ])
  const villages: VillageReview[] = []
  for (const { territory, name, within } of places) {
    if (!(await mayAct(app, app.db, by, 'review-village', [territory]))) continue
    const review = reviewIn(reviews, territory)
    const here = reasons.filter((one) => one.territory === territory && isShown(one, review, now))
    const reads = await mayAct(app, app.db, by, 'read-signals', [territory])
    villages.push({ territory, name, within, ...review, reasons: reads ? here : undefined })
  }
  if (villages.length === 0) return fail({ kind: 'not-allowed' })
  if (isBefore(cycle.phase, 'voting')) return fail({ kind: 'no-vote-yet' })
  const isUnder = ({ since }: VillageReview): number => (since === undefined ? 1 : 0)
  return ok({ cycle, villages: villages.toSorted((a, b) => isUnder(a) - isUnder(b)) })
}

/** What nobody confirmed in its time was not done, and what another one was done for neither. */
const isShown = ({ done, turn, at }: ReviewReason, { turns }: Review, now: string): boolean =>
  done || (turn === turns && Date.parse(now) - Date.parse(at) < PROPOSAL_HOURS * 3_600_000)
