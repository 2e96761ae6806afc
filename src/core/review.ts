// The vote of a village under review: nothing is rejected by it and every vote is counted; its result says it while it lasts.
import type { Event } from './audit/event.ts'

/** Letters of a reason, for auditors alone. */
export const REVIEW_LETTERS = [10, 500] as const

export type ReviewStep = 'open' | 'close'

/** How often it went under review and out of it; and since when it is, UTC ISO, where it is. */
export interface Review {
  turns: number
  since?: string
}

/** Of each village, by its name in the log. `acts`: the program's own, in any order: each says when it was. */
export function reviewsOf(acts: readonly Event[]): Map<string, Review> {
  const reviews = new Map<string, Review>()
  const known = acts.filter((act) => act.kind === 'review-opened' || act.kind === 'review-closed')
  for (const { kind, village, at } of known.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    const turns = (reviews.get(village)?.turns ?? 0) + 1
    reviews.set(village, kind === 'review-opened' ? { turns, since: at } : { turns })
  }
  return reviews
}

/** What can be done next: it is put under review, or that ends. */
export const nextStep = ({ since }: Review): ReviewStep => (since === undefined ? 'open' : 'close')
