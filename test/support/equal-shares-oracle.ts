// The Method of Equal Shares written down as plainly as possible, one voter at a time, all fractions exact: the oracle.
import { compareFractions, type Fraction, fraction } from '../../src/core/counting/fraction.ts'

export type PlainProject = { id: string; cost: number }
export type PlainBallot = ReadonlyMap<string, number>

const add = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.den + b.num * a.den, a.den * b.den)
const minus = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.den - b.num * a.den, a.den * b.den)
const over = (a: Fraction, by: number): Fraction => fraction(a.num, a.den * BigInt(by))
const zero = fraction(0n)

/** What each supporter pays for a point, or undefined when they cannot pay: supporters in order of money a point. */
function shareOf(project: PlainProject, ballots: readonly PlainBallot[], money: readonly Fraction[]) {
  const behind = ballots
    .flatMap((ballot, voter) => {
      const worth = ballot.get(project.id) ?? 0
      return worth > 0 ? [{ worth, held: money[voter] ?? zero }] : []
    })
    .sort((a, b) => compareFractions(over(a.held, a.worth), over(b.held, b.worth)))
  let rest = fraction(BigInt(project.cost))
  let points = behind.reduce((sum, { worth }) => sum + worth, 0)
  for (const { worth, held } of behind) {
    const x = over(rest, points)
    if (compareFractions(fraction(x.num * BigInt(worth), x.den), held) <= 0) return x
    rest = minus(rest, held)
    points -= worth
  }
  return undefined
}

/** Winners in order. Ties: cheaper, then more votes, then earlier on the list. */
export function plainEqualShares(
  projects: readonly PlainProject[],
  ballots: readonly PlainBallot[],
  endowment: Fraction,
  utility: 'cost' | 'cardinality',
): string[] {
  const money = ballots.map(() => endowment)
  const votes = (id: string) => ballots.reduce((sum, ballot) => sum + (ballot.get(id) ?? 0), 0)
  const winners: string[] = []
  for (;;) {
    let best: { project: PlainProject; x: Fraction; asks: Fraction } | undefined
    for (const project of projects) {
      if (winners.includes(project.id) || votes(project.id) === 0) continue
      const x = shareOf(project, ballots, money)
      if (!x) continue
      const asks = utility === 'cost' ? over(x, project.cost) : x
      const gap = best ? compareFractions(asks, best.asks) : -1
      const byTie = best ? project.cost - best.project.cost || votes(best.project.id) - votes(project.id) : -1
      if (gap < 0 || (gap === 0 && byTie < 0)) best = { project, x, asks }
    }
    if (!best) return winners
    const { project, x } = best
    winners.push(project.id)
    ballots.forEach((ballot, voter) => {
      const worth = ballot.get(project.id) ?? 0
      if (worth <= 0) return
      const due = fraction(x.num * BigInt(worth), x.den)
      const held = money[voter] ?? zero
      money[voter] = compareFractions(due, held) < 0 ? minus(held, due) : zero
    })
  }
}

/** Add1 one unit at a time, without any shortcut: winners and the last endowment. */
export function plainAdd1(
  projects: readonly PlainProject[],
  ballots: readonly PlainBallot[],
  budget: number,
  utility: 'cost' | 'cardinality',
): { winners: string[]; endowment: bigint } {
  const cost = (ids: readonly string[]) =>
    projects.reduce((sum, project) => (ids.includes(project.id) ? sum + project.cost : sum), 0)
  const supported = projects.filter(({ id }) => ballots.some((ballot) => (ballot.get(id) ?? 0) > 0)).length
  let endowment = BigInt(Math.floor(budget / ballots.length))
  let winners = plainEqualShares(projects, ballots, fraction(endowment), utility)
  while (winners.length < supported) {
    const next = plainEqualShares(projects, ballots, add(fraction(endowment), fraction(1n)), utility)
    if (cost(next) > budget) break
    winners = next
    endowment += 1n
  }
  return { winners, endowment }
}
