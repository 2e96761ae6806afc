// Who stands behind each project, as flat arrays: an Equal Shares count runs hundreds of times over the same ballots.
import type { Money } from '../money.ts'
import { ballotCount, type Election } from './election.ts'

/** A project with at least one supporter. A supporter is a ballot that gives it a worth above zero. */
export type Backed = {
  readonly id: string
  readonly cost: Money
  /** Indices of the ballot groups behind it, and what it is worth to each of their ballots. */
  readonly groups: Int32Array
  readonly worth: Float64Array
  /** Ballots behind it. */
  readonly voters: number
  /** Sum of its worth to all ballots behind it: votes, or points. */
  readonly score: number
  readonly highestWorth: number
}

export type Backers = {
  /** All ballots, those without a chance included: the budget is divided by this number. */
  readonly voters: number
  /** Equal ballots in each group. */
  readonly times: Float64Array
  readonly projects: readonly Backed[]
}

/** The supporters of the projects in `running`. */
export function backersOf(election: Election, running: readonly { readonly id: string }[]): Backers {
  const behind = new Map(running.map(({ id }) => [id, { groups: [] as number[], worth: [] as number[] }]))
  const times = Float64Array.from(election.ballots, (group) => group.times)
  election.ballots.forEach(({ utilities }, group) => {
    for (const [id, worth] of utilities) {
      const entry = worth > 0 ? behind.get(id) : undefined
      entry?.groups.push(group)
      entry?.worth.push(worth)
    }
  })
  const projects = election.projects.flatMap(({ id, cost }): Backed[] => {
    const entry = behind.get(id)
    if (!entry || entry.groups.length === 0) return []
    let [voters, score, highestWorth] = [0, 0, 0]
    entry.groups.forEach((group, at) => {
      const worth = entry.worth[at] ?? 0
      voters += times[group] ?? 0
      score += (times[group] ?? 0) * worth
      highestWorth = Math.max(highestWorth, worth)
    })
    const [groups, worth] = [Int32Array.from(entry.groups), Float64Array.from(entry.worth)]
    return [{ id, cost, groups, worth, voters, score, highestWorth }]
  })
  return { voters: ballotCount(election), times, projects }
}
