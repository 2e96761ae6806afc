// Which votes of villages are under review, as the program's own leaves say it, and they alone: no table can hide a review or make one up.
import { ownAct } from '../core/audit/own-act.ts'
import { type Review, reviewsOf } from '../core/review.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { reviewLeaves } from '../store/log.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'

/** By village, as the log names it. */
export async function readReviews(
  app: App,
  tx: Tx,
  { id, slug }: Pick<Cycle, 'id' | 'slug'>,
): Promise<Map<string, Review>> {
  const origin = originOf(app, slug)
  const acts = (await reviewLeaves(tx, id)).map((leaf) => ownAct(app.secrets.leafKey, origin, leaf))
  return reviewsOf(acts.filter((act) => act !== undefined))
}

/** Of one village. */
export const reviewIn = (reviews: ReadonlyMap<string, Review>, territory: number): Review =>
  reviews.get(String(territory)) ?? { turns: 0 }
