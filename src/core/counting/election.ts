// An election as the rules see it: a budget, projects in frozen order, and equal ballots grouped.
import type { BallotTerms } from '../ballots/index.ts'
import { utilitiesOf } from '../ballots/index.ts'
import type { Choice, ListedProject } from '../ballots/ballot-type.ts'
import type { Money } from '../money.ts'
import { BallotGrouper, type Ballots } from './ballots.ts'

export type ElectionProject = {
  readonly id: string
  readonly cost: Money
  /** Was on the ballot, may no longer win. It never stops a count. */
  readonly withdrawn?: boolean
}

export type Election = {
  readonly budget: Money
  readonly projects: readonly ElectionProject[]
  readonly ballots: Ballots
}

/** `votes`: ballots that name the project; `score`: the sum of what it is worth to them (approval: the same number). */
export type Tally = { readonly id: string; readonly votes: number; readonly score: number }

/** Groups equal ballots. Projects stand by their rows, so the order of marks and of ballots decides nothing. */
export function groupBallots(
  ballots: Iterable<ReadonlyMap<string, number>>,
  projects: readonly ElectionProject[],
): Ballots {
  const place = new Map(projects.map((project, at) => [project.id, at]))
  const places = new Uint32Array(projects.length)
  const worths = new Float64Array(projects.length)
  const grouper = new BallotGrouper()
  for (const ballot of ballots) {
    let length = 0
    for (const [id, worth] of ballot) {
      const at = place.get(id)
      if (at === undefined) throw new Error('a ballot names a project that is not in the election')
      if (!Number.isSafeInteger(worth))
        throw new Error('a ballot values a project by something other than a whole number')
      places[length] = at
      worths[length] = worth
      length += 1
    }
    grouper.add(places, worths, length)
  }
  return grouper.done()
}

/** The election of one pot from checked choices under the cycle's ballot terms. */
export function electionOfChoices(
  budget: Money,
  projects: readonly (ElectionProject & ListedProject)[],
  ballots: Iterable<readonly Choice[]>,
  terms: BallotTerms,
): Election {
  const utilities = function* () {
    for (const choices of ballots) yield utilitiesOf(choices, terms, projects)
  }
  return { budget, projects, ballots: groupBallots(utilities(), projects) }
}

/** Votes and score of every project, in frozen order. Throws when a sum is no longer exact. */
export function tallies({ ballots, projects }: Election): Tally[] {
  const { times, starts, places, worths } = ballots
  const votes = new Float64Array(projects.length)
  const score = new Float64Array(projects.length)
  for (let group = 0; group < times.length; group += 1) {
    const equal = times[group] as number
    const end = starts[group + 1] as number
    for (let at = starts[group] as number; at < end; at += 1) {
      const place = places[at] as number
      votes[place] = (votes[place] as number) + equal
      score[place] = (score[place] as number) + equal * (worths?.[at] ?? 1)
    }
  }
  return projects.map(({ id }, place) => {
    const tally = { id, votes: votes[place] as number, score: score[place] as number }
    if (!Number.isSafeInteger(tally.votes) || !Number.isSafeInteger(tally.score)) {
      throw new RangeError('too many points to add up exactly')
    }
    return tally
  })
}

/** Number of ballots, empty ones included. */
export const ballotCount = ({ ballots }: Election): number =>
  ballots.times.reduce((sum, times) => sum + times, 0)
