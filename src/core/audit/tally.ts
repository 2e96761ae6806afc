// Where the ballots of a village went: none is left out silently.
import { z } from 'zod'

const count = z.int().nonnegative()

/** As the leaf of a count says it. `cast` is the sum of the others. */
export const tallySchema = z.strictObject({
  /** Ballots recorded before the close, versions of one right each for itself. */
  cast: count,
  counted: count,
  /** Earlier versions of a right. */
  superseded: count,
  /** The last version of a right that voted on paper. */
  void: count,
  /** Could not be opened, and two officials said so in the log. */
  set_aside: count,
  /** Votes with test cards, opened before observers and left out; left out where there are none. */
  test: count.exactOptional(),
  /** Valid papers of the box, beside what was cast; left out where there are none. */
  paper: count.exactOptional(),
})
export type Tally = z.infer<typeof tallySchema>

export const noBallots = (): Tally => ({ cast: 0, counted: 0, superseded: 0, void: 0, set_aside: 0 })

export const tallyHolds = (tally: Tally): boolean =>
  tally.cast === tally.counted + tally.superseded + tally.void + tally.set_aside + (tally.test ?? 0)

export const sameTally = (a: Tally, b: Tally): boolean =>
  (Object.keys(noBallots()) as (keyof Tally)[]).every((key) => a[key] === b[key]) &&
  (a.paper ?? 0) === (b.paper ?? 0) &&
  (a.test ?? 0) === (b.test ?? 0)

/** Votes that count, on paper and otherwise. */
export const countedOf = ({ counted, paper = 0 }: Tally): number => counted + paper
