// Who stands behind each project, as flat arrays: an Equal Shares count runs hundreds of times over the same ballots.
import type { Money } from '../money.ts'
import type { Ballots } from './ballots.ts'
import type { Meter } from './counting-rule.ts'
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
  readonly meter: Meter
}

/** The supporters of the projects in `running`; `meter`: of the runs over them. */
export function backersOf(
  election: Election,
  running: readonly { readonly id: string }[],
  meter: Meter,
): Backers {
  const { projects, ballots } = election
  const { starts, places, worths } = ballots
  const runs = new Set(running.map(({ id }) => id))
  const behind = groupsBehind(ballots, projects.length)
  const times = Float64Array.from(ballots.times)
  const lists = projects.map(({ id }, place) => {
    const length = runs.has(id) ? (behind[place] as number) : 0
    return { groups: new Int32Array(length), worth: new Float64Array(length), filled: 0 }
  })
  for (let group = 0; group < times.length; group += 1) {
    for (let at = starts[group] as number; at < (starts[group + 1] as number); at += 1) {
      const list = lists[places[at] as number]
      const worth = worths?.[at] ?? 1
      if (!list || worth <= 0 || list.filled === list.groups.length) continue
      list.groups[list.filled] = group
      list.worth[list.filled] = worth
      list.filled += 1
    }
  }
  const backed = projects.flatMap(({ id, cost }, place): Backed[] => {
    const { groups, worth } = lists[place] as (typeof lists)[0]
    if (groups.length === 0) return []
    let [voters, score, highestWorth] = [0, 0, 0]
    groups.forEach((group, at) => {
      const equal = times[group] as number
      const one = worth[at] as number
      voters += equal
      score += equal * one
      highestWorth = Math.max(highestWorth, one)
    })
    return [{ id, cost, groups, worth, voters, score, highestWorth }]
  })
  return { voters: ballotCount(election), times, projects: backed, meter }
}

/** How many groups of ballots stand behind each project. */
function groupsBehind({ places, worths }: Ballots, projects: number): Uint32Array {
  const behind = new Uint32Array(projects)
  places.forEach((place, at) => {
    if ((worths?.[at] ?? 1) > 0) behind[place] = (behind[place] as number) + 1
  })
  return behind
}
