// What one voter's share was spent on in an Equal Shares count, worked out from the steps alone.
import type { Count } from './count.ts'
import { compareFractions, type Fraction, fraction, fractionFrom, fractionText } from './fraction.ts'

/** Exact amounts as text, `25000` or `1000/3`; `all`: the voter had less than a full share left and gave all of it. */
export type Payment = { id: string; paid: string; all: boolean }

const minus = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.den - b.num * a.den, a.den * b.den)

/** Payments of a ballot with these utilities, in order, and what is left of its share. Undefined for another rule. */
export function paidBy(
  count: Count,
  utilities: ReadonlyMap<string, number>,
): { payments: Payment[]; left: string } | undefined {
  const raised = count.steps.find((step) => step.kind === 'raised')
  const divided = count.steps.find((step) => step.kind === 'divided')
  let left = fractionFrom(raised?.to ?? divided?.share ?? '')
  if (!left) return undefined
  const payments: Payment[] = []
  for (const step of count.steps) {
    const worth = step.kind === 'bought' ? (utilities.get(step.id) ?? 0) : 0
    const share = step.kind === 'bought' && worth > 0 ? fractionFrom(step.share) : undefined
    if (step.kind !== 'bought' || !share) continue
    const due = fraction(share.num * BigInt(worth), share.den)
    const all = compareFractions(left, due) < 0
    const paid: Fraction = all ? left : due
    left = minus(left, paid)
    payments.push({ id: step.id, paid: fractionText(paid), all })
  }
  return { payments, left: fractionText(left) }
}
