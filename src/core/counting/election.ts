// An election as the rules see it: a budget, projects in frozen order, and equal ballots grouped.
import type { BallotTerms } from '../ballots/index.ts'
import { utilitiesOf } from '../ballots/index.ts'
import type { Choice, ListedProject } from '../ballots/ballot-type.ts'
import type { Money } from '../money.ts'

export type ElectionProject = {
  readonly id: string
  readonly cost: Money
  /** Was on the ballot, may no longer win. It never stops a count. */
  readonly withdrawn?: boolean
}

/** `times` equal ballots: what each project they name is worth to each of them (whole numbers). */
export type BallotGroup = { readonly times: number; readonly utilities: ReadonlyMap<string, number> }

export type Election = {
  readonly budget: Money
  readonly projects: readonly ElectionProject[]
  readonly ballots: readonly BallotGroup[]
}

/** `votes`: ballots that name the project; `score`: the sum of what it is worth to them (approval: the same number). */
export type Tally = { readonly id: string; readonly votes: number; readonly score: number }

/** Groups equal ballots. Projects are keyed in frozen order, so the order of marks and of ballots leaves no trace. */
export function groupBallots(
  ballots: Iterable<ReadonlyMap<string, number>>,
  projects: readonly ElectionProject[],
): BallotGroup[] {
  const place = new Map(projects.map((project, at) => [project.id, at]))
  const groups = new Map<string, { times: number; utilities: ReadonlyMap<string, number> }>()
  for (const ballot of ballots) {
    const places: number[] = []
    let [ordered, key] = [true, '']
    for (const [id, worth] of ballot) {
      const at = place.get(id)
      if (at === undefined) throw new Error('a ballot names a project that is not in the election')
      if (!Number.isSafeInteger(worth))
        throw new Error('a ballot values a project by something other than a whole number')
      ordered &&= at > (places.at(-1) ?? -1)
      places.push(at)
    }
    const named = ordered ? ballot : inOrder(ballot, places, projects)
    if (!ordered) places.sort((a, b) => a - b)
    let at = 0
    for (const worth of named.values()) {
      const own = places[at] as number
      key += worth === 1 ? `${own},` : `${own}=${worth},`
      at += 1
    }
    const group = groups.get(key)
    if (group) group.times += 1
    else groups.set(key, { times: 1, utilities: named })
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

/** The same ballot with its projects in frozen order. */
function inOrder(
  ballot: ReadonlyMap<string, number>,
  places: readonly number[],
  projects: readonly ElectionProject[],
): ReadonlyMap<string, number> {
  const sorted = new Map<string, number>()
  for (const at of places.toSorted((a, b) => a - b)) {
    const { id } = projects[at] as ElectionProject
    sorted.set(id, ballot.get(id) as number)
  }
  return sorted
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
export function tallies(election: Election): Tally[] {
  const votes = new Map<string, number>()
  const score = new Map<string, number>()
  for (const { times, utilities } of election.ballots) {
    for (const [id, worth] of utilities) {
      votes.set(id, (votes.get(id) ?? 0) + times)
      score.set(id, (score.get(id) ?? 0) + times * worth)
    }
  }
  return election.projects.map(({ id }) => {
    const tally = { id, votes: votes.get(id) ?? 0, score: score.get(id) ?? 0 }
    if (!Number.isSafeInteger(tally.votes) || !Number.isSafeInteger(tally.score)) {
      throw new RangeError('too many points to add up exactly')
    }
    return tally
  })
}

/** Number of ballots, empty ones included. */
export const ballotCount = (election: Election): number =>
  election.ballots.reduce((sum, group) => sum + group.times, 0)
