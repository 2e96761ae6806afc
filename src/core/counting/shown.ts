// What of a count everybody may see: where few voted, votes by project would tell who chose what.
import type { Count } from './count.ts'

/** Votes by project, and the steps that name them, are shown from this many ballots on. */
export const SHOWN_FROM = 10

/** What is said of a count with few ballots. */
export type Outcome = Pick<Count, 'winners' | 'spent' | 'left'>

/** `winners`: only these and the money; what must not be shown is not in the value, so no surface can forget to hide it. */
export type ShownCount =
  | { shows: 'all'; ballots: number; count: Count }
  | { shows: 'winners'; ballots: number; count: Outcome }

/** The part of a published count that may be shown. */
export function shownCount(count: Count, ballots: number): ShownCount {
  const { winners, spent, left } = count
  return ballots >= SHOWN_FROM
    ? { shows: 'all', ballots, count }
    : { shows: 'winners', ballots, count: { winners, spent, left } }
}
