// What a losing project lacked: the fewest new voters, and a lower cost, with which it would have won. By recounting.
import type { Money } from '../money.ts'
import { withMore } from './ballots.ts'
import type { Count } from './count.ts'
import type { Meter } from './counting-rule.ts'
import type { Election } from './election.ts'
import { whyNot } from './explain.ts'
import { floorOf, fractionFrom } from './fraction.ts'
import { count, type RuleTerms } from './index.ts'

/**
 * `voters`: with so many new voters who vote for it alone it wins; `fewest` only where every smaller number was recounted
 * and lost. `cost`: at this cost it wins; `highest` only where every cost between it and its own was recounted and lost.
 * What is absent was not found: no such number or cost helps, or the recounts did not suffice.
 */
export type WouldWin = {
  voters?: { more: number; fewest: boolean }
  cost?: { cost: Money; highest: boolean }
}

/** `steps`: about so many steps of counting, for both answers together. `worth`: what a new voter gives it (points; else 1). */
export type Effort = { steps: number; worth?: number }

/** An election and its count by `terms`. */
export interface CountedElection {
  election: Election
  terms: RuleTerms
  tieSeed: Uint8Array
  count: Count
}

/** Recounts the election with changes until the project wins. Of a winner, or an unknown project, nothing is said. `meter`: of it all. */
export function whatWouldWin(
  counted: CountedElection,
  id: string,
  { steps, worth = 1 }: Effort,
  meter: Meter = { steps: 0 },
): WouldWin {
  const { election, terms, tieSeed, count: outcome } = counted
  const place = election.projects.findIndex((other) => other.id === id)
  const project = election.projects[place]
  if (!project || outcome.winners.includes(id)) return {}
  const wins = (changed: Election, work: Meter): boolean =>
    count(changed, terms, tieSeed, work).winners.includes(id)
  const near = nearly(outcome, id, project.cost)
  // The half of the work that the first answer leaves over is the other's.
  const forVoters = { steps: 0 }
  const voters = fewestThatWin(
    recounts(
      (more) => wins({ ...election, ballots: withMore(election.ballots, more, place, worth) }, forVoters),
      forVoters,
      steps / 2,
    ),
    near.voters,
  )
  const forCost = { steps: 0 }
  const cost = highestThatWins(
    recounts(
      (sum) => {
        const projects = election.projects.map((other) => (other.id === id ? { ...other, cost: sum } : other))
        return wins({ ...election, projects }, forCost)
      },
      forCost,
      steps - forVoters.steps,
    ),
    project.cost,
    near.cost,
  )
  meter.steps += forVoters.steps + forCost.steps
  return { ...(voters && { voters }), ...(cost && { cost }) }
}

/** Where to look first: what was missing in the count itself, in voters' shares and in money. */
function nearly(outcome: Count, id: string, own: Money): { voters: number; cost: Money } {
  const why = whyNot(outcome, id)
  if (why.kind === 'too-few-votes') return { voters: why.missing, cost: own - 1 }
  if (why.kind === 'too-dear' || why.kind === 'stopped-here') return { voters: 1, cost: why.left }
  if (why.kind !== 'supporters-short') return { voters: 1, cost: Math.floor(own / 2) }
  const raised = outcome.steps.findLast((step) => step.kind === 'raised' || step.kind === 'divided')
  const text = raised?.kind === 'raised' ? raised.to : raised?.kind === 'divided' ? raised.share : '1'
  const share = Math.max(1, Number(floorOf(fractionFrom(text) ?? { num: 1n, den: 1n })))
  // Every new voter makes the share a little smaller.
  return { voters: Math.ceil((why.missing / share) * 1.25), cost: why.held }
}

/** So many whatever they take: one answer is better than none. */
const LEAST = 2

/** Asks by recounting, each number once. */
interface Recounts {
  wins: (at: number) => boolean
  /** Whether one more recount, as dear as they were on average, stays within the work; `more`: so many of them. */
  affords: (more: number) => boolean
}

function recounts(ask: (at: number) => boolean, meter: Meter, most: number): Recounts {
  const known = new Map<number, boolean>()
  return {
    wins(at) {
      const won = known.get(at) ?? ask(at)
      known.set(at, won)
      return won
    },
    affords: (more) => known.size + more <= LEAST || (meter.steps / known.size) * (known.size + more) <= most,
  }
}

/** The largest number of new voters tried: more than any electorate. */
const most = 2 ** 24

function fewestThatWin({ wins, affords }: Recounts, near: number): WouldWin['voters'] {
  let [loses, found] = [0, Math.min(most, Math.max(1, near))]
  while (!wins(found)) {
    loses = found
    found *= 2
    if (found > most || !affords(1)) return undefined
  }
  while (found - loses > 1 && affords(1)) {
    const middle = Math.floor((loses + found) / 2)
    if (wins(middle)) found = middle
    else loses = middle
  }
  if (!affords(found - 1)) return { more: found, fewest: false }
  for (let more = 1; more < found; more += 1) if (wins(more)) return { more, fewest: true }
  return { more: found, fewest: true }
}

function highestThatWins({ wins, affords }: Recounts, cost: Money, near: Money): WouldWin['cost'] {
  let [loses, found] = [cost, Math.min(cost - 1, Math.max(1, near))]
  if (cost <= 1) return undefined
  while (!wins(found)) {
    loses = found
    if (found === 1 || !affords(1)) return undefined
    found = Math.floor(found / 2)
  }
  while (loses - found > 1 && affords(1)) {
    const middle = Math.floor((found + loses) / 2)
    if (wins(middle)) found = middle
    else loses = middle
  }
  const between = cost - 1 - found
  if (!affords(between)) return { cost: found, highest: false }
  for (let sum = cost - 1; sum > found; sum -= 1) if (wins(sum)) return { cost: sum, highest: true }
  return { cost: found, highest: true }
}
