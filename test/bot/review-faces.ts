// The screens of reviews with the longest facts there can be.
import type { Screen } from '../../src/bot/message.ts'
import * as reviews from '../../src/bot/reviews/view.ts'
import { everywhere } from '../../src/core/localised.ts'
import type { T } from '../../src/i18n.ts'
import type { VillageReview } from '../../src/use-cases/list-reviews.ts'
import { at, long, place } from './long-facts.ts'

const here = { cycle: place.cycle.id, territory: place.territory, turn: 32_767 }
const reason = { territory: place.territory, text: long(500), at }
const under: VillageReview = {
  territory: place.territory,
  name: everywhere(long(60)),
  within: place.within,
  turns: 32_767,
  since: at,
  reasons: Array.from({ length: 20 }, (_, turn) => ({ ...reason, turn, done: turn < 19 })),
}
const { since: _, ...free } = under
const note = reviews.proposedLines
const proposed = {
  id: '',
  act: { kind: 'review-open', cycle: 1, territory: 1, turn: 0, reason: '' } as const,
  until: at,
  askable: Array.from({ length: 20 }, () => 9_007_199_254_740_991),
  by: 9_007_199_254_740_991,
  at,
}

export const REVIEW_SCREENS: Record<string, (t: T) => Screen[]> = {
  'reviews.reviewsScreen': (t) =>
    [Array(99).fill(under), [free]].map((villages) =>
      reviews.reviewsScreen(t, { cycle: place.cycle as never, villages }, 5),
    ),
  'reviews.villageScreen': (t) => [
    reviews.villageScreen(t, 1, under, note(t, { ...proposed, already: true })),
    reviews.villageScreen(t, 1, { ...free, reasons: undefined }, note(t, { ...proposed, already: false })),
  ],
  'reviews.askScreen': (t) => [under, free].map((one) => reviews.askScreen(t, here, one)),
  'reviews.sureScreen': (t) =>
    (['open', 'close'] as const).map((step) =>
      reviews.sureScreen(t, here, { step, text: long(500), village: under }),
    ),
}
