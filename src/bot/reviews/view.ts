// Votes of villages under review: which are, why, and what is read back before a second person is asked.
import { nextStep, REVIEW_LETTERS, type ReviewStep } from '../../core/review.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { Reviews, VillageReview } from '../../use-cases/list-reviews.ts'
import type { Proposed } from '../../use-cases/propose-act.ts'
import { placeName } from '../../words/place.ts'
import { reasonLines, reviewLine } from '../../words/review.ts'
import { AT, type At } from '../at.ts'
import { reviewedButton, reviewsButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { cutLabel, press, primary, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'

/** `turn`: how often the vote went under review and out of it when the button was shown. */
export const askReviewButton = button('yc', { ...AT, turn: 'int' })
export const proposeReviewButton = button('yd', { ...AT, turn: 'int' })

const PAGE = 8
/** Of more the number is told. */
const MOST_NAMED = 10

export function reviewsScreen(t: T, { cycle, villages }: Reviews, page: number): Screen {
  const under = villages.filter(({ since }) => since !== undefined)
  const { at, pages, shown } = pageOf(villages, page, PAGE)
  return {
    text: [
      `<b>${escapeHtml(t.of(cycle.title))}</b>`,
      t.html('signals.reviews-head'),
      ...(under.length === 0 ? [t.html('signals.reviews-none')] : []),
      ...under.slice(0, MOST_NAMED).map((one) => `• ${t.html(...reviewLine(t, one))}`),
      ...(under.length > MOST_NAMED
        ? [t.html('signals.reviews-more', { more: under.length - MOST_NAMED })]
        : []),
    ].join('\n'),
    buttons: [
      ...shown.map(({ territory, name, since }) => [
        press(
          cutLabel(
            since === undefined ? t.of(name) : t('signals.review-mark.button', { village: t.of(name) }),
          ),
          reviewedButton.pack({ cycle: cycle.id, territory }),
        ),
      ]),
      ...pager(t, at, pages, (to) => reviewsButton.pack({ cycle: cycle.id, page: to })),
      [toMenu(t)],
    ],
  }
}

/** `note`: HTML, on top: what came of a press. */
export const villageScreen = (t: T, cycle: number, review: VillageReview, note?: string): Screen => ({
  text: [
    ...(note === undefined ? [] : [note, '']),
    `<b>${escapeHtml(placeName(t, review))}</b>`,
    t.html(...reviewLine(t, review)),
    ...reasonLines(review).map((line) => t.html(...line(t))),
  ].join('\n'),
  buttons: [
    [
      press(
        t(nextStep(review) === 'open' ? 'signals.review-begin.button' : 'signals.review-end.button'),
        askReviewButton.pack({ cycle, territory: review.territory, turn: review.turns }),
      ),
    ],
    [press(t('common.back.button'), reviewsButton.pack({ cycle, page: 0 }))],
    [toMenu(t)],
  ],
})

const back = (t: T, { cycle, territory }: At) => [
  press(t('common.back.button'), reviewedButton.pack({ cycle, territory })),
]

export function askScreen(t: T, here: At, review: VillageReview): Screen {
  const [least, most] = REVIEW_LETTERS
  const asked = nextStep(review) === 'open' ? 'signals.review-ask' : 'signals.review-ask-end'
  return {
    text: [`<b>${escapeHtml(placeName(t, review))}</b>`, t.html(asked, { least, most })].join('\n'),
    buttons: [back(t, here)],
  }
}

/** Nothing is proposed before this is said yes to. */
export const sureScreen = (
  t: T,
  here: At & { turn: number },
  { step, text, village }: { step: ReviewStep; text: string; village: VillageReview },
): Screen => ({
  text: t.html(step === 'open' ? 'signals.review-sure' : 'signals.review-sure-end', {
    village: placeName(t, village),
    text,
  }),
  buttons: [
    [primary(t('signals.review-propose.button'), proposeReviewButton.pack(here))],
    [press(t('signals.report-anew.button'), askReviewButton.pack(here))],
    back(t, here),
  ],
})

/** HTML: what waits for a second person now. */
export const proposedLines = (t: T, { already, by, at, askable, until }: Proposed): string =>
  [
    already
      ? t.html('signals.review-proposed-before', { by, time: t.moment(at) })
      : t.html('signals.review-proposed'),
    t.html('manage.proposed-to', { accounts: askable.join(', ') }),
    t.html('second.until', { time: t.moment(until) }),
  ].join('\n')
