// What happens after one run of Equal Shares has left money over: Add1 raises the endowment, greedy spends the rest.
import type { Money } from '../money.ts'
import type { Backers } from './backers.ts'
import { type Fraction, floorOf, fraction } from './fraction.ts'
import { type Equal, type Run, share, type Utility } from './sharing.ts'
import type { TieOrder } from './tie-break.ts'

/** Why the endowment was raised no further. */
export type RaiseEnd = 'overspent' | 'all-won' | 'nothing-fits'

export type Raised = {
  /** The last run that kept to the budget, in full. */
  run: Run
  from: Fraction
  to: Fraction
  end: RaiseEnd
  /** Ties of all runs on the way, the overspending one included. */
  equals: Equal[]
}

/** The equal share of the budget; `whole` rounds it down to a whole unit. */
export function endowmentOf(budget: Money, voters: number, whole: boolean): Fraction {
  const exact = fraction(BigInt(budget), BigInt(Math.max(1, voters)))
  return whole ? fraction(floorOf(exact)) : exact
}

const plus = ({ num, den }: Fraction, by: number): Fraction => fraction(num + BigInt(by) * den, den)

/**
 * Add1: raises everybody's endowment by one unit again and again, and keeps the last outcome before the first one that
 * costs more than the budget (equalshares.net). Endowments at which every decision is provably the same are not run one
 * by one. `fits` tells whether some project outside `winners` could still be paid: with `exhaustive`, when none can, the
 * raising ends. It also ends when every project with a supporter has won: more money could change nothing.
 */
export function raise(
  backers: Backers,
  budget: Money,
  start: Fraction,
  utility: Utility,
  order: TieOrder,
  fits: ((run: Run) => boolean) | undefined,
): Raised {
  const equals = new Map<string, Equal>()
  const runAt = (endowment: Fraction): Run => {
    const run = share(backers, endowment, utility, order, false)
    for (const equal of run.equals) equals.set(equal.ids.join('\n'), equal)
    return run
  }
  let to = start
  let run = runAt(to)
  let end: RaiseEnd | undefined
  while (end === undefined) {
    if (run.order.length === backers.projects.length) end = 'all-won'
    else if (fits && !fits(run)) end = 'nothing-fits'
    else {
      // Every endowment up to `same` gives this very outcome.
      const same = plus(to, Number.isFinite(run.reach) ? Math.floor(run.reach) : 0)
      const next = runAt(plus(same, 1))
      if (next.cost > budget) end = 'overspent'
      to = end ? same : plus(same, 1)
      run = end ? run : next
    }
  }
  return { run: share(backers, to, utility, order, true), from: start, to, end, equals: [...equals.values()] }
}
