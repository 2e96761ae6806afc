// The yardstick of `counting`: Equal Shares with Add1 as it is explained, voter by voter, in exact BigInt fractions.
// No equal ballots are grouped, no price is remembered, every endowment is run.

interface Share {
  num: bigint
  den: bigint
}

export interface NaiveProject {
  id: string
  cost: number
  /** Indices of the voters who approve it. */
  voters: number[]
}

function reduced(num: bigint, den: bigint): Share {
  let [a, b] = [num, den]
  while (b !== 0n) [a, b] = [b, a % b]
  return { num: num / a, den: den / a }
}

const less = (a: Share, b: Share): boolean => a.num * b.den < b.num * a.den
const minus = (a: Share, b: Share): Share => reduced(a.num * b.den - b.num * a.den, a.den * b.den)

/** What each supporter pays; undefined when they cannot pay together. */
function shareOf({ cost, voters }: NaiveProject, money: readonly Share[]): Share | undefined {
  const held = voters
    .map((voter) => money[voter] as Share)
    .sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0))
  let rest: Share = { num: BigInt(cost), den: 1n }
  for (const [at, one] of held.entries()) {
    const share = reduced(rest.num, rest.den * BigInt(held.length - at))
    if (!less(one, share)) return share
    rest = minus(rest, one)
  }
  return undefined
}

/** Ids in the order of purchase. A project is worth its cost; ties: cheaper, then more votes, then the list. */
function run(projects: readonly NaiveProject[], voters: number, endowment: number): NaiveProject[] {
  const money: Share[] = Array.from({ length: voters }, () => ({ num: BigInt(endowment), den: 1n }))
  const left = new Set(projects.filter((project) => project.voters.length > 0))
  const winners: NaiveProject[] = []
  for (;;) {
    let best: { project: NaiveProject; share: Share; asks: Share } | undefined
    for (const project of left) {
      const share = shareOf(project, money)
      if (!share) continue
      const asks = { num: share.num, den: share.den * BigInt(project.cost) }
      const tie = best && !less(asks, best.asks) && !less(best.asks, asks)
      const first =
        best && (project.cost - best.project.cost || best.project.voters.length - project.voters.length)
      if (!best || less(asks, best.asks) || (tie && (first ?? 0) < 0)) best = { project, share, asks }
    }
    if (!best) return winners
    const { project, share } = best
    for (const voter of project.voters) {
      const held = money[voter] as Share
      money[voter] = less(held, share) ? { num: 0n, den: 1n } : minus(held, share)
    }
    left.delete(project)
    winners.push(project)
  }
}

/** Raises the endowment by one unit at a time; returns the last winners that the budget pays for, and how many runs it took. */
export function naiveAdd1(projects: readonly NaiveProject[], voters: number, budget: number) {
  let endowment = Math.floor(budget / voters)
  let winners = run(projects, voters, endowment)
  let runs = 1
  const supported = projects.filter((project) => project.voters.length > 0).length
  while (winners.length < supported) {
    const next = run(projects, voters, endowment + 1)
    runs += 1
    if (next.reduce((sum, { cost }) => sum + cost, 0) > budget) break
    endowment += 1
    winners = next
  }
  return { winners: winners.map(({ id }) => id), endowment, runs }
}
