// Method of Equal Shares: the money is divided equally, and a project is bought when its supporters can pay for it together.
import { backersOf } from './backers.ts'
import { endowmentOf, raise } from './completion.ts'
import type { Count, Step, TieStep } from './count.ts'
import type { CountingRule, Meter } from './counting-rule.ts'
import { byVotes, type Candidate, fieldOf, goDown, type Purse, type Way } from './down-the-list.ts'
import { ballotCount, type Election, tallies } from './election.ts'
import { type EqualSharesTerms, equalSharesTerms, pabulibEqualShares } from './equal-shares-terms.ts'
import { type Fraction, floorOf, fractionText } from './fraction.ts'
import { type Equal, type Run, share } from './sharing.ts'
import { breaksUsed, tieOrder } from './tie-break.ts'

/** The fewest votes with which a project of this cost is eligible: share × cost / budget × voters, rounded up. */
function votesNeeded(
  cost: number,
  election: Election,
  voters: number,
  [num, den]: readonly [number, number],
): number {
  const above = BigInt(num) * BigInt(cost) * BigInt(voters)
  const below = BigInt(den) * BigInt(election.budget)
  return below === 0n ? Number.MAX_SAFE_INTEGER : Number((above + below - 1n) / below)
}

/** Splits off the projects with too few votes for their cost. */
function eligible(running: Candidate[], election: Election, terms: EqualSharesTerms, voters: number) {
  const { eligibility } = terms
  if (!eligibility) return { running, excluded: [] }
  const needed = (candidate: Candidate) => votesNeeded(candidate.cost, election, voters, eligibility)
  return {
    running: running.filter((candidate) => candidate.votes >= needed(candidate)),
    excluded: running
      .filter((candidate) => candidate.votes < needed(candidate))
      .map(
        (candidate): Step => ({
          kind: 'ineligible',
          id: candidate.id,
          votes: candidate.votes,
          needed: needed(candidate),
        }),
      ),
  }
}

const tieStep = ({ ids }: Equal, score: ReadonlyMap<string, number>, way: Way): TieStep => ({
  kind: 'tie',
  ids: [...ids],
  votes: score.get(ids[0] ?? '') ?? 0,
  by: breaksUsed(ids, way.order, way.ties),
  chosen: ids.slice(0, 1),
})

/** The purchases of a run as steps, each after the tie that it won. */
function purchases(run: Run, purse: Purse, score: ReadonlyMap<string, number>, way: Way): Step[] {
  return run.bought.flatMap(({ project, share, payers, emptied }, at) => {
    const { id, cost } = project
    purse.left -= cost
    purse.winners.push(id)
    const ties = run.equals.filter((equal) => equal.at === at).map((equal) => tieStep(equal, score, way))
    const votes = score.get(id) ?? 0
    return [
      ...ties,
      { kind: 'bought', id, votes, cost, left: purse.left, share: fractionText(share), payers, emptied },
    ]
  })
}

/** The projects that the voters could not buy, with what their supporters have left. */
function notBought(running: readonly Candidate[], run: Run, winners: readonly string[]): Step[] {
  return running
    .filter((candidate) => !winners.includes(candidate.id))
    .sort(byVotes)
    .map(({ id, votes, cost }): Step => {
      const held = run.held.get(id)
      return { kind: 'not-affordable', id, votes, cost, held: held ? Number(floorOf(held)) : 0 }
    })
}

/** How many voters prefer each of two outcomes. A voter with nothing in one counts as nothing there. */
function preferences(
  { ballots, projects }: Election,
  ours: readonly string[],
  theirs: readonly string[],
  coverage: boolean,
) {
  const { times, starts, places, worths } = ballots
  const isIn = (ids: ReadonlySet<string>) => Uint8Array.from(projects, ({ id }) => (ids.has(id) ? 1 : 0))
  const inOurs = isIn(new Set(ours))
  const inTheirs = isIn(new Set(theirs))
  let [forOurs, forTheirs] = [0, 0]
  for (let group = 0; group < times.length; group += 1) {
    let [a, b] = [0, 0]
    for (let at = starts[group] as number; at < (starts[group + 1] as number); at += 1) {
      const place = places[at] as number
      const worth = worths?.[at] ?? 1
      a += (inOurs[place] as number) * worth
      b += (inTheirs[place] as number) * worth
    }
    const difference = coverage ? Math.sign(a) - Math.sign(b) : a - b
    if (difference > 0) forOurs += times[group] as number
    if (difference < 0) forTheirs += times[group] as number
  }
  return { forOurs, forTheirs }
}

function count(election: Election, terms: EqualSharesTerms, tieSeed: Uint8Array, meter: Meter): Count {
  const votes = tallies(election)
  const voters = ballotCount(election)
  const score = new Map(votes.map((tally) => [tally.id, tally.score]))
  const way: Way = {
    rank: byVotes,
    skip: true,
    conflicts: [],
    ties: terms.ties,
    order: tieOrder(election.projects, terms.ties, tieSeed, score),
  }
  const inField = fieldOf(election, score, terms.minVotes)
  const { running, excluded } = eligible(inField.running, election, terms, voters)
  const purse: Purse = { left: election.budget, winners: [], stopped: false }
  const steps: Step[] = []
  const free = running.filter((candidate) => candidate.cost === 0 && candidate.votes > 0)
  steps.push(...goDown(free, purse, way))
  const backers = backersOf(
    election,
    running.filter((candidate) => candidate.cost > 0),
    meter,
  )
  const start = endowmentOf(election.budget, voters, terms.start === 'whole')
  steps.push({ kind: 'divided', voters, share: fractionText(start) })
  const run = raised(election, terms, way, running, backers, start, steps, score)
  steps.push(...purchases(run, purse, score, way))
  steps.push(...notBought(running, run, purse.winners))
  if (terms.completion === 'greedy' || terms.completion === 'add1u') {
    const rest = running.filter((candidate) => !purse.winners.includes(candidate.id))
    steps.push(...goDown(rest, purse, way))
  }
  const kept = terms.comparison === 'none' ? purse : compared(election, terms, way, running, purse, steps)
  return {
    winners: kept.winners,
    spent: election.budget - kept.left,
    left: kept.left,
    steps: [...steps, ...excluded, ...inField.excluded],
    ties: steps.filter((step) => step.kind === 'tie'),
    votes,
  }
}

/** The run that counts: the first one, or the last affordable one of Add1; the raise and its ties go to `steps`. */
function raised(
  election: Election,
  terms: EqualSharesTerms,
  way: Way,
  running: readonly Candidate[],
  backers: ReturnType<typeof backersOf>,
  start: Fraction,
  steps: Step[],
  score: ReadonlyMap<string, number>,
): Run {
  if (terms.completion === 'none' || terms.completion === 'greedy') {
    return share(backers, start, terms.utility, way.order, true)
  }
  const fits = ({ order, cost }: Run) => {
    const won = new Set(order.map((project) => project.id))
    return running.some(
      (candidate) => !won.has(candidate.id) && candidate.cost > 0 && candidate.cost <= election.budget - cost,
    )
  }
  const { run, from, to, end, equals } = raise(
    backers,
    election.budget,
    start,
    terms.utility,
    way.order,
    terms.exhaustive ? fits : undefined,
  )
  steps.push({ kind: 'raised', from: fractionText(from), to: fractionText(to), end })
  const told = new Set(run.equals.map((equal) => equal.ids.join('\n')))
  steps.push(
    ...equals.filter((equal) => !told.has(equal.ids.join('\n'))).map((equal) => tieStep(equal, score, way)),
  )
  return run
}

/** Compares with greedy by votes over the same projects; what more voters prefer stays, ours when equal. */
function compared(
  election: Election,
  terms: EqualSharesTerms,
  way: Way,
  running: readonly Candidate[],
  ours: Purse,
  steps: Step[],
): Purse {
  const theirs: Purse = { left: election.budget, winners: [], stopped: false }
  const greedySteps = goDown(running, theirs, way)
  const { forOurs, forTheirs } = preferences(
    election,
    ours.winners,
    theirs.winners,
    terms.comparison === 'coverage',
  )
  const kept = forTheirs > forOurs ? 'greedy' : 'shares'
  steps.push({ kind: 'compared', forShares: forOurs, forGreedy: forTheirs, kept })
  if (kept === 'shares') return ours
  steps.push(...greedySteps)
  return theirs
}

export const equalShares: CountingRule<EqualSharesTerms> = {
  rule: 'equal-shares',
  terms: equalSharesTerms,
  count,
  pabulib: pabulibEqualShares,
}
