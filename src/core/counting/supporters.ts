// What the supporters of one project spent their shares on in an Equal Shares count, added up exactly.
import { groupsOf } from './ballots.ts'
import type { Count } from './count.ts'
import type { Election } from './election.ts'
import { type Fraction, fraction, fractionFrom, fractionText } from './fraction.ts'
import { paidBy } from './payments.ts'

/**
 * `voters` ballots stand behind the project; together they paid `paid` for each project that they bought (in the order of
 * the purchases) and have `left` over. Exact amounts as text, `25000` or `1000/3`, whole units.
 */
export type SupportersPaid = { voters: number; paid: { id: string; paid: string }[]; left: string }

/** Undefined where the rule divided no shares. */
export function supportersPaid(count: Count, election: Election, id: string): SupportersPaid | undefined {
  const bought = count.steps.flatMap((step) => (step.kind === 'bought' ? [step.id] : []))
  const kinds = new Map<string, { times: number; utilities: Map<string, number> }>()
  for (const { times, utilities } of groupsOf(election.ballots, election.projects)) {
    if ((utilities.get(id) ?? 0) <= 0) continue
    const spent = bought.flatMap((one): [string, number][] => {
      const worth = utilities.get(one) ?? 0
      return worth > 0 ? [[one, worth]] : []
    })
    const key = JSON.stringify(spent)
    const kind = kinds.get(key)
    if (kind) kind.times += times
    else kinds.set(key, { times, utilities: new Map(spent) })
  }
  let [voters, left]: [number, Fraction] = [0, fraction(0n)]
  const sums = new Map<string, Fraction>()
  for (const { times, utilities } of kinds.values()) {
    const spent = paidBy(count, utilities)
    if (!spent) return undefined
    voters += times
    left = plus(left, spent.left, times)
    for (const { id: one, paid } of spent.payments)
      sums.set(one, plus(sums.get(one) ?? fraction(0n), paid, times))
  }
  const paid = bought.flatMap((one) => {
    const sum = sums.get(one)
    return sum && sum.num > 0n ? [{ id: one, paid: fractionText(sum) }] : []
  })
  return { voters, paid, left: fractionText(left) }
}

function plus(sum: Fraction, text: string, times: number): Fraction {
  const { num, den } = fractionFrom(text) ?? fraction(0n)
  return fraction(sum.num * den + num * BigInt(times) * sum.den, sum.den * den)
}
