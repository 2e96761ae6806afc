// What a project would cost its supporters now: the equal share x, each paying x for a unit of worth or all that is left.
// First in doubles with a proven error bound; wherever that cannot decide, exactly. No rounding ever decides anything.
import type { Backed } from './backers.ts'
import { empty, epsilon, full, keyOf, type Ledger } from './ledger.ts'

/** x = `rest` / (`unit` × `shares`): what the emptied do not cover, split among the payers. */
export type ExactShare = { readonly rest: bigint; readonly shares: bigint }

export type Price = {
  /** The share x, how far the exact one may be from it, and at most how fast it falls as the endowment grows. */
  readonly x: number
  readonly error: number
  readonly fall: number
  /** Nobody gives all: x = cost / score. */
  readonly plain: boolean
  /** Who gives all is beyond doubt. */
  readonly certain: boolean
}

/** Too poor: the supporters cannot pay, and could not before the endowment grows by `reach`. */
export type Quote =
  | { kind: 'price'; price: Price }
  | { kind: 'too-poor'; reach: number }
  | { kind: 'unclear' }

const plainPrice = (x: number, certain: boolean): Quote => ({
  kind: 'price',
  price: { x, error: x * epsilon, fall: 0, plain: true, certain },
})

/** Money behind the project, with error and growth. */
function behind(project: Backed, times: Float64Array, ledger: Ledger) {
  const { groups } = project
  const { classOf, money, error, growth } = ledger
  let [total, doubt, rise] = [0, 0, 0]
  for (let at = 0; at < groups.length; at += 1) {
    const group = groups[at] as number
    const cls = classOf[group] as number
    const ballots = times[group] as number
    total += ballots * (money[cls] as number)
    doubt += ballots * (error[cls] as number)
    rise += ballots * (growth[cls] as number)
  }
  return { total, doubt: doubt * 1.01 + (groups.length + 4) * epsilon * total, rise: rise * 1.01 }
}

/** One step of Newton's method on "what everybody pays at x = cost": from the left it climbs to the root and stops there. */
function climb(project: Backed, times: Float64Array, ledger: Ledger, from: number): number {
  const { groups, worth, cost } = project
  const { classOf, money } = ledger
  let [paid, shares] = [0, 0]
  for (let at = 0; at < groups.length; at += 1) {
    const group = groups[at] as number
    const held = money[classOf[group] as number] as number
    if (held < from * (worth[at] as number)) paid += (times[group] as number) * held
    else shares += (times[group] as number) * (worth[at] as number)
  }
  return shares === 0 ? Number.NaN : (cost - paid) / shares
}

/** The price at `x`, if the error bound proves who gives all and who pays a full share. */
function provenAt(x: number, project: Backed, times: Float64Array, ledger: Ledger): Quote {
  const { groups, worth, cost } = project
  const { classOf, money, error, growth } = ledger
  let [paid, doubt, rise, shares] = [0, 0, 0, 0]
  let [room, tight, emptied] = [Number.POSITIVE_INFINITY, 0, false]
  for (let at = 0; at < groups.length; at += 1) {
    const group = groups[at] as number
    const cls = classOf[group] as number
    const ballots = times[group] as number
    const one = worth[at] as number
    const held = money[cls] as number
    if (held < x * one) {
      emptied = true
      if (cls === empty) continue
      paid += ballots * held
      doubt += ballots * (error[cls] as number)
      rise += ballots * (growth[cls] as number)
      tight = Math.max(tight, (held + (error[cls] as number)) / one)
    } else {
      shares += ballots * one
      room = Math.min(room, (held - (error[cls] as number)) / one)
    }
  }
  if (shares === 0) return { kind: 'unclear' }
  const off = ((doubt + (groups.length + 4) * epsilon * (paid + cost)) / shares + 2 * epsilon * x) * 1.1
  // Beyond `room` the sum paid grows more slowly than assumed, and the bound would not hold.
  if (!(room * (1 - epsilon) > x + 2 * off)) return { kind: 'unclear' }
  if (!emptied) return plainPrice(cost / project.score, true)
  const fall = (rise / shares) * 1.01
  const certain = tight * (1 + epsilon) < x - 2 * off
  return { kind: 'price', price: { x, error: off, fall, plain: false, certain } }
}

/**
 * By at least how much the endowment may grow while everybody who gives all for the project still does. (That nobody
 * else comes to give all is certain: shares fall and money grows.)
 */
export function reachOf(
  { x, error: off, fall, plain, certain }: Price,
  project: Backed,
  ledger: Ledger,
): number {
  if (plain) return Number.POSITIVE_INFINITY
  if (!certain) return 0
  const { groups, worth } = project
  const { classOf, money, error, growth } = ledger
  let reach = Number.POSITIVE_INFINITY
  for (let at = 0; at < groups.length; at += 1) {
    const cls = classOf[groups[at] as number] as number
    const one = worth[at] as number
    const held = ((money[cls] as number) + (error[cls] as number)) / one
    if (cls === empty || held >= x) continue
    reach = Math.min(reach, (x - off - held) / ((growth[cls] as number) / one + fall))
  }
  return reach * 0.99
}

/** The price in doubles. `from`: a share that was asked at an earlier moment of this run (shares never fall). */
export function quote(project: Backed, times: Float64Array, ledger: Ledger, from: number): Quote {
  const { cost, score, highestWorth } = project
  const even = cost / score
  if (ledger.purchases() === 0) {
    const held = (ledger.money[full] as number) - (ledger.error[full] as number)
    if (held > even * highestWorth * (1 + 4 * epsilon)) return plainPrice(even, true)
  }
  const { total, doubt, rise } = behind(project, times, ledger)
  if (total + doubt < cost) return { kind: 'too-poor', reach: ((cost - total - doubt) / rise) * 0.99 }
  if (total - doubt < cost) return { kind: 'unclear' }
  let x = Math.max(even, from)
  for (let round = 0; round < 200; round += 1) {
    const next = climb(project, times, ledger, x)
    if (Number.isNaN(next)) {
      if (round > 0) return { kind: 'unclear' }
      x = even
    } else if (round > 0 && next <= x) return provenAt(x, project, times, ledger)
    else x = next
  }
  return { kind: 'unclear' }
}

/** Ballots behind the project by class and worth. */
function histogram(project: Backed, times: Float64Array, ledger: Ledger) {
  const entries = new Map<number | string, { cls: number; worth: bigint; ballots: number }>()
  project.groups.forEach((group, at) => {
    const cls = ledger.classOf[group] as number
    const worth = project.worth[at] as number
    const key = keyOf(cls, worth)
    const entry = entries.get(key)
    if (entry) entry.ballots += times[group] as number
    else entries.set(key, { cls, worth: BigInt(worth), ballots: times[group] as number })
  })
  return [...entries.values()].map((entry) => ({
    ...entry,
    ballots: BigInt(entry.ballots),
    held: ledger.exact(entry.cls),
  }))
}

/** Exact money behind the project, as a multiple of 1/unit. */
export const exactBehind = (project: Backed, times: Float64Array, ledger: Ledger): bigint =>
  histogram(project, times, ledger).reduce((sum, { held, ballots }) => sum + held * ballots, 0n)

/** The exact share; undefined when the supporters cannot pay. */
export function exactShare(project: Backed, times: Float64Array, ledger: Ledger): ExactShare | undefined {
  const cost = BigInt(project.cost) * ledger.unit()
  const entries = histogram(project, times, ledger)
  const total = entries.reduce((sum, { held, ballots }) => sum + held * ballots, 0n)
  if (total < cost) return undefined
  let [rest, shares] = [cost, BigInt(project.score)]
  for (;;) {
    let [paid, payers] = [0n, 0n]
    for (const { held, worth, ballots } of entries) {
      if (held * shares < rest * worth) paid += held * ballots
      else payers += worth * ballots
    }
    if (payers === shares) return { rest, shares }
    ;[rest, shares] = [cost - paid, payers]
  }
}
