// Money is a whole number of units (tenge; an imported election: whole units of its currency), never a fraction.

/** Whole units, at least 0, at most 2^53 − 1. */
export type Money = number

/** Tells whether `value` is an amount: a safe integer, not below zero. */
export const isMoney = (value: unknown): value is Money =>
  Number.isSafeInteger(value) && (value as number) >= 0

/** Adds amounts; throws when the sum is no longer exact (no budget of this world is that large). */
export const sumMoney = (amounts: Iterable<Money>): Money => {
  let sum = 0
  for (const amount of amounts) sum += amount
  if (!isMoney(sum)) throw new RangeError('a sum of money that is not a whole exact amount')
  return sum
}
