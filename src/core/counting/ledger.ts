// What every voter still holds during one Equal Shares run: doubles with an error bound, exact fractions on demand.
//
// Voters with the same history hold the same money, so money lives in classes: 0 holds the full share, 1 nothing, every
// other one is an earlier class less its part of one purchase. Exact amounts are whole multiples of 1/unit; each
// purchase multiplies the unit by the number of shares it was split into.
import { type Fraction, toDouble } from './fraction.ts'

/** Relative rounding error of a few double operations. */
export const epsilon = 2 ** -51

export const full = 0
export const empty = 1

/** One key for a class and a worth. */
export const keyOf = (cls: number, worth: number): number | string =>
  worth < 2 ** 26 ? worth * 2 ** 26 + cls : `${worth} ${cls}`

/** A purchase: its cost was met by the emptied classes' money (class, ballots) and `shares` equal shares. */
type Purchase = { cost: bigint; emptied: readonly (readonly [number, number])[]; shares: bigint }

export type Ledger = {
  /** Class of each ballot group. */
  readonly classOf: Int32Array
  /** Money of each class, and how far from the exact amount it may be. */
  readonly money: readonly number[]
  readonly error: readonly number[]
  /** At most how fast a class's money grows with the endowment. */
  readonly growth: readonly number[]
  readonly purchases: () => number
  /** Exact money of a class as a multiple of 1/unit(). */
  exact(cls: number): bigint
  unit(): bigint
  /** Books a purchase; afterwards `after` gives the class of each payer. */
  book(purchase: Purchase, share: Share): void
  /** The class of a voter of class `cls` to whom the last purchase was worth `worth` and who paid a full share. */
  after(cls: number, worth: number): number
}

/** What a payer pays for each unit of worth: a double with its error, or to be taken from the exact amounts. */
export type Share = {
  readonly amount: number
  readonly error: number
  readonly fall: number
  readonly exact: boolean
}

/** A ledger in which each ballot group holds `endowment` a ballot. */
export function openLedger(groups: number, endowment: Fraction): Ledger {
  const start = toDouble(endowment.num, endowment.den)
  const money = [start, 0]
  const error = [endowment.den === 1n && Number.isSafeInteger(start) ? 0 : start * epsilon, 0]
  const growth = [1, 0]
  const parent = [full, empty]
  const madeBy = [-1, -1]
  const worthOf = [0, 0]
  const amounts: (bigint | undefined)[] = [endowment.num, 0n]
  const levels = [0, 0]
  const units = [endowment.den]
  const purchases: Purchase[] = []
  const shares: (bigint | undefined)[] = []
  const shareLevels: number[] = []
  let made = new Map<number | string, number>()
  const approvers = [-1, -1]
  let last: Share | undefined

  const unitAt = (level: number): bigint => units[level] as bigint
  const now = (): number => purchases.length
  const rescaled = (amount: bigint, level: number): bigint =>
    level === now() ? amount : amount * (unitAt(now()) / unitAt(level))

  function exact(cls: number): bigint {
    const known = amounts[cls]
    const amount =
      known === undefined
        ? exact(parent[cls] ?? empty) - BigInt(worthOf[cls] ?? 0) * exactShare(madeBy[cls] ?? 0)
        : rescaled(known, levels[cls] ?? 0)
    amounts[cls] = amount
    levels[cls] = now()
    return amount
  }

  function exactShare(at: number): bigint {
    const known = shares[at]
    const purchase = purchases[at] as Purchase
    let share = known === undefined ? 0n : rescaled(known, shareLevels[at] ?? 0)
    if (known === undefined) {
      let rest = purchase.cost * unitAt(now())
      for (const [cls, ballots] of purchase.emptied) rest -= exact(cls) * BigInt(ballots)
      share = rest / purchase.shares
    }
    shares[at] = share
    shareLevels[at] = now()
    return share
  }

  /** Most ballots give a worth of 1: their class after the last purchase without a look-up by key. */
  function approver(cls: number): number | undefined {
    const child = approvers[cls]
    return child !== undefined && child >= 0 && madeBy[child] === now() - 1 ? child : undefined
  }

  function after(cls: number, worth: number): number {
    const known = worth === 1 ? approver(cls) : made.get(keyOf(cls, worth))
    if (known !== undefined) return known
    const share = last as Share
    const child = money.length
    parent.push(cls)
    madeBy.push(now() - 1)
    worthOf.push(worth)
    levels.push(0)
    amounts.push(undefined)
    approvers.push(-1)
    money.push((money[cls] ?? 0) - worth * share.amount)
    error.push(((error[cls] ?? 0) + worth * share.error + (money[cls] ?? 0) * epsilon) * (1 + epsilon))
    growth.push(((growth[cls] ?? 0) + worth * share.fall) * (1 + epsilon))
    if (share.exact) {
      money[child] = toDouble(exact(child), unitAt(now()))
      error[child] = (money[child] ?? 0) * epsilon
    }
    if (worth === 1) approvers[cls] = child
    else made.set(keyOf(cls, worth), child)
    return child
  }

  return {
    classOf: new Int32Array(groups),
    money,
    error,
    growth,
    purchases: now,
    exact,
    unit: () => unitAt(now()),
    book(purchase, share) {
      purchases.push(purchase)
      shares.push(undefined)
      shareLevels.push(0)
      units.push(unitAt(purchases.length - 1) * purchase.shares)
      made = new Map()
      last = share
    },
    after,
  }
}
