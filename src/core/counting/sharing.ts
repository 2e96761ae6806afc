// One run of the Method of Equal Shares with a given endowment a voter.
// Source: Peters, Pierczyński, Skowron; as explained on equalshares.net: of the projects that their supporters can still
// pay for together, the one goes next whose supporters pay least each, for its cost (or for their points).
import type { Backed, Backers } from './backers.ts'
import { type Fraction, fraction, toDouble } from './fraction.ts'
import { empty, epsilon, keyOf, type Ledger, openLedger } from './ledger.ts'
import { type ExactShare, exactBehind, exactShare, type Price, quote, reachOf } from './price.ts'
import type { TieOrder } from './tie-break.ts'

/** `cost`: a project is worth its cost to a supporter (times points). `cardinality`: it is worth 1 (or its points). */
export type Utility = 'cost' | 'cardinality'

/** A purchase. `payers` ballots pay `share` for each point of worth, `emptied` ballots gave all they had left. */
export type Bought = {
  readonly project: Backed
  readonly share: Fraction
  readonly payers: number
  readonly emptied: number
}

/** Projects that were equal when one of them was bought: all in tie order, the bought one first. */
export type Equal = { readonly at: number; readonly ids: readonly string[] }

export type Run = {
  readonly order: readonly Backed[]
  readonly cost: number
  readonly equals: readonly Equal[]
  /** With an endowment higher by up to this number every decision of the run is the same. */
  readonly reach: number
  /** Only of a run in full: who paid what, and what the supporters of each project not bought have left. */
  readonly bought: readonly Bought[]
  readonly held: ReadonlyMap<string, Fraction>
}

/** A project still in the race. `low`, `high`: bounds of what it asks a voter for each unit of worth. */
type Runner = { project: Backed; per: number; low: number; high: number; price: Price | undefined }

/** Divides cost away where a project is worth its cost. */
const perOf = (project: Backed, utility: Utility): number => (utility === 'cost' ? project.cost : 1)

function enter(project: Backed, utility: Utility): Runner {
  const per = perOf(project, utility)
  const low = (project.cost / project.score / per) * (1 - epsilon)
  return { project, per, low, high: Number.POSITIVE_INFINITY, price: undefined }
}

/** Runs `backers` with `endowment`; `inFull` also takes down payments (exactly). Costs must be above zero. */
export function share(
  backers: Backers,
  endowment: Fraction,
  utility: Utility,
  order: TieOrder,
  inFull: boolean,
): Run {
  const { times, meter } = backers
  const ledger = openLedger(times.length, endowment)
  let runners = backers.projects.map((project) => enter(project, utility))
  let reach = Number.POSITIVE_INFINITY
  const bought: Bought[] = []
  const winners: Backed[] = []
  const equals: Equal[] = []
  const poor: Backed[] = []

  /** Asks a runner its price of the moment; false when its supporters can no longer pay. */
  function ask(runner: Runner): boolean {
    meter.steps += runner.project.groups.length
    const quoted = quote(runner.project, times, ledger, runner.price?.x ?? 0)
    if (quoted.kind === 'too-poor') {
      reach = Math.min(reach, quoted.reach)
      return false
    }
    const price = quoted.kind === 'price' ? quoted.price : exactPrice(runner.project, times, ledger)
    if (quoted.kind === 'unclear') reach = 0
    if (!price) return false
    runner.price = price
    runner.low = ((price.x - price.error) / runner.per) * (1 - epsilon)
    runner.high = ((price.x + price.error) / runner.per) * (1 + epsilon)
    return true
  }

  for (;;) {
    // What a runner asked before is the least it can ask now, so whoever asked more than the best need not be asked.
    runners.sort((a, b) => a.low - b.low)
    meter.steps += runners.length
    let best = Number.POSITIVE_INFINITY
    const asked: Runner[] = []
    const out = new Set<Runner>()
    for (const runner of runners) {
      if (runner.low > best) break
      if (ask(runner)) {
        best = Math.min(best, runner.high)
        asked.push(runner)
      } else out.add(runner)
    }
    poor.push(...[...out].map((runner) => runner.project))
    const close = asked.filter((runner) => runner.low <= best)
    const cheapest = exactlyCheapest(close, times, ledger).sort((a, b) =>
      order.compare(a.project.id, b.project.id),
    )
    const [winner] = cheapest
    if (!winner) break
    runners = runners.filter((runner) => runner !== winner && !out.has(runner))
    reach = Math.min(reach, untilOvertaken(winner, runners, close), stays(winner, ledger))
    if (cheapest.length > 1)
      equals.push({ at: winners.length, ids: cheapest.map(({ project }) => project.id) })
    meter.steps += winner.project.groups.length
    const payment = pay(winner, times, ledger, inFull)
    winners.push(winner.project)
    if (payment) bought.push({ project: winner.project, ...payment })
  }
  const held = new Map(
    inFull
      ? poor.map((project) => [project.id, fraction(exactBehind(project, times, ledger), ledger.unit())])
      : [],
  )
  const cost = winners.reduce((sum, project) => sum + project.cost, 0)
  return { order: winners, cost, equals, reach: Math.max(0, reach), bought, held }
}

/** A price from exact amounts, as a double; undefined when the supporters cannot pay. */
function exactPrice(project: Backed, times: Float64Array, ledger: Ledger): Price | undefined {
  const exact = exactShare(project, times, ledger)
  if (!exact) return undefined
  const { num, den } = fraction(exact.rest, ledger.unit() * exact.shares)
  const x = toDouble(num, den)
  const plain = exact.shares === BigInt(project.score)
  return { x, error: x * epsilon, fall: 0, plain, certain: false }
}

/** The exact share of a runner that has been asked. */
function shareOf(runner: Runner, times: Float64Array, ledger: Ledger): ExactShare {
  if (runner.price?.plain) {
    return { rest: BigInt(runner.project.cost) * ledger.unit(), shares: BigInt(runner.project.score) }
  }
  const exact = exactShare(runner.project, times, ledger)
  if (!exact) throw new Error('a project was priced, but its supporters cannot pay')
  return exact
}

/** Of the runners that doubles cannot tell apart, those that ask least, by exact comparison. */
function exactlyCheapest(close: readonly Runner[], times: Float64Array, ledger: Ledger): Runner[] {
  if (close.length < 2) return [...close]
  let least: { rest: bigint; shares: bigint } | undefined
  let cheapest: Runner[] = []
  for (const runner of close) {
    const { rest, shares } = shareOf(runner, times, ledger)
    const asks = { rest, shares: shares * BigInt(runner.per) }
    const gap = least ? asks.rest * least.shares - least.rest * asks.shares : -1n
    if (gap < 0n) {
      least = asks
      cheapest = [runner]
    } else if (gap === 0n) cheapest.push(runner)
  }
  return cheapest
}

/** How far the endowment may grow while the same supporters give all for the winner. */
const stays = ({ price, project }: Runner, ledger: Ledger): number =>
  price ? reachOf(price, project, ledger) : 0

/** How far the endowment may grow until a runner asks as little as the winner does now. */
function untilOvertaken(winner: Runner, others: readonly Runner[], close: readonly Runner[]): number {
  let reach = Number.POSITIVE_INFINITY
  for (const other of others) {
    const fall = ((other.price?.fall ?? 0) / other.per) * (1 + epsilon)
    if (close.includes(other)) {
      if (!(other.price?.plain && winner.price?.plain)) reach = 0
    } else if (fall > 0) reach = Math.min(reach, ((other.low - winner.high) / fall) * 0.99)
  }
  return reach
}

/** Takes the money for a purchase out of the ledger. */
function pay(
  { project, price }: Runner,
  times: Float64Array,
  ledger: Ledger,
  inFull: boolean,
): Omit<Bought, 'project'> | undefined {
  if (!price) throw new Error('a project is paid for that was never priced')
  const { groups, worth } = project
  const { classOf, money } = ledger
  // Doubles settle who gives all only where that is proven, and only while their error stays small.
  const exact = price.certain && price.error < price.x * 1e-9 ? undefined : exactShare(project, times, ledger)
  const verdicts = new Map<number | string, boolean>()
  const givesAllExactly = (cls: number, one: number, { rest, shares }: ExactShare): boolean => {
    const key = keyOf(cls, one)
    const verdict = verdicts.get(key) ?? ledger.exact(cls) * shares < rest * BigInt(one)
    verdicts.set(key, verdict)
    return verdict
  }
  const emptied = new Map<number, number>()
  const all = new Uint8Array(groups.length)
  let [payers, poorer, shares, growth] = [0, 0, 0, 0]
  for (let at = 0; at < groups.length; at += 1) {
    const group = groups[at] as number
    const cls = classOf[group] as number
    const one = worth[at] as number
    const ballots = times[group] as number
    const gives = exact ? givesAllExactly(cls, one, exact) : (money[cls] as number) < price.x * one
    if (gives) {
      all[at] = 1
      poorer += ballots
      if (cls === empty) continue
      emptied.set(cls, (emptied.get(cls) ?? 0) + ballots)
      growth += ballots * (ledger.growth[cls] as number)
    } else {
      payers += ballots
      shares += ballots * one
    }
  }
  const fall = (growth / shares) * 1.01
  const purchase = { cost: BigInt(project.cost), emptied: [...emptied], shares: BigInt(shares) }
  ledger.book(purchase, { amount: price.x, error: price.error, fall, exact: exact !== undefined })
  let payment: Omit<Bought, 'project'> | undefined
  if (inFull) payment = { share: fullShare(purchase, ledger), payers, emptied: poorer }
  for (let at = 0; at < groups.length; at += 1) {
    const group = groups[at] as number
    classOf[group] = all[at] === 1 ? empty : ledger.after(classOf[group] as number, worth[at] as number)
  }
  return payment
}

/** The share just booked, exactly. */
function fullShare(
  purchase: { cost: bigint; emptied: readonly (readonly [number, number])[]; shares: bigint },
  ledger: Ledger,
): Fraction {
  let rest = purchase.cost * ledger.unit()
  for (const [cls, ballots] of purchase.emptied) rest -= ledger.exact(cls) * BigInt(ballots)
  return fraction(rest, ledger.unit() * purchase.shares)
}
