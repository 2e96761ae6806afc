// A review of a village's vote in words: that it lasts, why it was begun and what was found, and why none can be begun or ended.
import type { Localised } from '../core/localised.ts'
import { REVIEW_LETTERS } from '../core/review.ts'
import type { Facts, Key, T } from '../i18n.ts'

type Said = [key: Key, facts: Facts]

/** Of one village, as a key with its facts. */
export const reviewLine = (
  t: T,
  { name, since }: { name: Localised; since?: string },
): [key: Key, facts: Facts] =>
  since === undefined
    ? ['signals.review-not', { village: t.of(name) }]
    : ['signals.review-since', { village: t.of(name), time: t.moment(since) }]

interface Reason {
  turn: number
  text: string
  at: string
  done: boolean
}

/** The last ones are enough for one message. */
const MOST_REASONS = 5

/** A line a reason, for auditors; those that nobody confirmed yet stand last, and say so. */
export const reasonLines = ({
  reasons = [],
}: {
  reasons?: readonly Reason[] | undefined
}): ((t: T) => Said)[] =>
  reasons.slice(-MOST_REASONS).map(({ turn, text, at, done }) => (t) => {
    const facts = { time: t.moment(at), text }
    if (turn % 2 === 0) return [done ? 'signals.review-why' : 'signals.review-why-waits', facts]
    return [done ? 'signals.review-found' : 'signals.review-found-waits', facts]
  })

const WHY = {
  'no-such-cycle': 'signals.review-nowhere',
  'no-such-place': 'signals.review-nowhere',
  'not-allowed': 'signals.review-nowhere',
  'nobody-to-confirm': 'signals.review-nobody',
  'no-vote-yet': 'signals.review-no-vote',
  'not-under-review': 'signals.review-is-not',
  'reviewed-since': 'signals.reviewed-since',
  'too-late': 'signals.review-late',
} as const satisfies Record<string, Key>

type NotReviewed =
  | { kind: keyof typeof WHY }
  | { kind: 'under-review'; since: string }
  | { kind: 'bad-length'; number: number }

/** A key with its facts. */
export function whyNotReviewed(t: T, problem: NotReviewed): Said {
  if (problem.kind === 'under-review') return ['signals.review-is', { time: t.moment(problem.since) }]
  const [least, most] = REVIEW_LETTERS
  if (problem.kind === 'bad-length') return ['signals.review-length', { least, most, number: problem.number }]
  return [WHY[problem.kind], {}]
}

/** That a published result is of a vote under review: a sentence for everybody; none while it is not. */
export const underReview = (t: T, { underReview: since }: { underReview?: string }): Said[] =>
  since === undefined ? [] : [['results.under-review', { time: t.dated(since) }]]
