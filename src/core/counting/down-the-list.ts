// Going down a list: groups of equals in order, each project funded if it fits. Shared by all greedy rules.
import type { Money } from '../money.ts'
import type { Count, Step, TieStep } from './count.ts'
import { type Election, type ElectionProject, tallies } from './election.ts'
import { breaksUsed, type Ties, type TieOrder, tieOrder } from './tie-break.ts'

/** The money left and the winners so far. */
export type Purse = { left: Money; winners: string[]; stopped: boolean }

/** A project with the number that the rule goes by. */
export type Candidate = ElectionProject & { votes: number }

/** Pairs of projects of which only one may win. */
export type Conflicts = readonly (readonly [string, string])[]

/** How to go down a list. `rank` is below zero when `a` goes before `b`, zero when only a tie-break can tell. */
export type Way = {
  rank: (a: Candidate, b: Candidate) => number
  /** False stops at the first project that does not fit. */
  skip: boolean
  conflicts: Conflicts
  ties: Ties
  order: TieOrder
}

/** The winner that stands in the way of `id`, if any. */
type Rival = (id: string, winners: readonly string[]) => string | undefined

/** Looks conflicts up in both directions. */
function rivalIn(conflicts: Conflicts): Rival {
  const rivals = new Map<string, Set<string>>()
  const add = (a: string, b: string) => rivals.set(a, (rivals.get(a) ?? new Set()).add(b))
  for (const [a, b] of conflicts) {
    add(a, b)
    add(b, a)
  }
  return (id, winners) => winners.find((winner) => rivals.get(id)?.has(winner))
}

/** Sorted candidates cut into groups of equal rank. */
function groupsOf(sorted: readonly Candidate[], rank: Way['rank']): Candidate[][] {
  const groups: Candidate[][] = []
  for (const candidate of sorted) {
    const group = groups.at(-1)
    if (group?.[0] !== undefined && rank(group[0], candidate) === 0) group.push(candidate)
    else groups.push([candidate])
  }
  return groups
}

/** One candidate's turn. */
function take(candidate: Candidate, purse: Purse, skip: boolean, rival: Rival): Step {
  const { id, votes, cost } = candidate
  if (purse.stopped) return { kind: 'not-reached', id, votes, cost }
  const winner = rival(id, purse.winners)
  if (winner !== undefined) return { kind: 'conflict', id, votes, with: winner }
  if (cost > purse.left) {
    if (skip) return { kind: 'skipped-too-dear', id, votes, cost, left: purse.left }
    purse.stopped = true
    return { kind: 'stopped', id, votes, cost, left: purse.left }
  }
  purse.left -= cost
  purse.winners.push(id)
  return { kind: 'funded', id, votes, cost, left: purse.left }
}

/** The members of a group of equals whose order matters: under another order another of them would have won. */
function contested(group: readonly Candidate[], purse: Purse, skip: boolean, rival: Rival): Candidate[] {
  if (group.length < 2 || purse.stopped) return []
  const free = group.filter(({ id }) => rival(id, purse.winners) === undefined)
  const affordable = free.filter(({ cost }) => cost <= purse.left)
  const inPlay = skip ? affordable : free
  if (affordable.length === 0 || inPlay.length < 2) return []
  const ids = inPlay.map(({ id }) => id)
  const allFit = inPlay.reduce((sum, { cost }) => sum + cost, 0) <= purse.left
  return allFit && !ids.some((id) => rival(id, ids) !== undefined) ? [] : inPlay
}

/** Funds what fits, best first; fills the purse. A tie that decides something is stated before its group. */
export function goDown(candidates: readonly Candidate[], purse: Purse, way: Way): Step[] {
  const rival = rivalIn(way.conflicts)
  const sorted = [...candidates].sort((a, b) => way.rank(a, b) || way.order.compare(a.id, b.id))
  return groupsOf(sorted, way.rank).flatMap((group) => {
    const disputed = contested(group, purse, way.skip, rival)
    const steps = group.map((candidate) => take(candidate, purse, way.skip, rival))
    const [first] = disputed
    if (first === undefined) return steps
    const ids = disputed.map(({ id }) => id)
    const chosen = ids.filter((id) => purse.winners.includes(id))
    const by = breaksUsed(ids, way.order, way.ties)
    return [{ kind: 'tie', ids, votes: first.votes, by, chosen } satisfies TieStep, ...steps]
  })
}

/** Who may win: not withdrawn, and at least `minVotes`. The others with the step that says why. */
export function fieldOf(
  election: Election,
  score: ReadonlyMap<string, number>,
  minVotes: number,
): { running: Candidate[]; excluded: Step[] } {
  const all = election.projects.map(
    (project): Candidate => ({ ...project, votes: score.get(project.id) ?? 0 }),
  )
  const out = (candidate: Candidate) => candidate.withdrawn === true || candidate.votes < minVotes
  const excluded = all
    .filter(out)
    .sort((a, b) => b.votes - a.votes)
    .map(
      ({ id, votes, withdrawn }): Step =>
        withdrawn
          ? { kind: 'withdrawn', id, votes }
          : { kind: 'below-threshold', id, votes, needed: minVotes },
    )
  return { running: all.filter((candidate) => !out(candidate)), excluded }
}

/** More votes first. */
export const byVotes: Way['rank'] = (a, b) => b.votes - a.votes

/** A whole count by going down one list. */
export function countDown(
  election: Election,
  terms: { minVotes: number; conflicts?: Conflicts | undefined; ties: Ties },
  tieSeed: Uint8Array,
  how: Pick<Way, 'rank' | 'skip'>,
): Count {
  const votes = tallies(election)
  const score = new Map(votes.map((tally) => [tally.id, tally.score]))
  const { running, excluded } = fieldOf(election, score, terms.minVotes)
  const purse: Purse = { left: election.budget, winners: [], stopped: false }
  const order = tieOrder(election.projects, terms.ties, tieSeed, score)
  const steps = goDown(running, purse, { ...how, conflicts: terms.conflicts ?? [], ties: terms.ties, order })
  return {
    winners: purse.winners,
    spent: election.budget - purse.left,
    left: purse.left,
    steps: [...steps, ...excluded],
    ties: steps.filter((step) => step.kind === 'tie'),
    votes,
  }
}
