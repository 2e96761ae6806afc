// What a losing project lacked: the fewest new voters, and a lower cost, with which it would have won. By recounting.
import type { Money } from '../money.ts'
import { withMore } from './ballots.ts'
import type { Election } from './election.ts'
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

/** `recounts`: at most about so many for each of the two answers. `worth`: what a new voter gives it (points; else 1). */
export type Effort = { recounts: number; worth?: number }

/** Recounts the election with changes until the project wins. Of a winner, or an unknown project, nothing is said. */
export function whatWouldWin(
  election: Election,
  terms: RuleTerms,
  tieSeed: Uint8Array,
  id: string,
  { recounts, worth = 1 }: Effort,
): WouldWin {
  const place = election.projects.findIndex((other) => other.id === id)
  const project = election.projects[place]
  const wins = (changed: Election): boolean => count(changed, terms, tieSeed).winners.includes(id)
  if (!project || wins(election)) return {}
  const withVoters = (more: number): boolean =>
    wins({ ...election, ballots: withMore(election.ballots, more, place, worth) })
  const atCost = (cost: Money): boolean => {
    const projects = election.projects.map((other) => (other.id === id ? { ...other, cost } : other))
    return wins({ ...election, projects })
  }
  const voters = fewestThatWin(withVoters, recounts)
  const cost = highestThatWins(atCost, project.cost, recounts)
  return { ...(voters && { voters }), ...(cost && { cost }) }
}

/** The largest number of new voters tried: more than any electorate. */
const most = 2 ** 24

function fewestThatWin(wins: (more: number) => boolean, recounts: number): WouldWin['voters'] {
  for (let more = 1; more <= recounts; more += 1) if (wins(more)) return { more, fewest: true }
  let loses = recounts
  let found = Math.max(1, recounts * 2)
  while (!wins(found)) {
    loses = found
    found *= 2
    if (found > most) return undefined
  }
  while (found - loses > 1) {
    const middle = Math.floor((loses + found) / 2)
    if (wins(middle)) found = middle
    else loses = middle
  }
  return { more: found, fewest: false }
}

function highestThatWins(wins: (cost: Money) => boolean, cost: Money, recounts: number): WouldWin['cost'] {
  const lowest = Math.max(1, cost - recounts)
  for (let lower = cost - 1; lower >= lowest; lower -= 1)
    if (wins(lower)) return { cost: lower, highest: true }
  if (lowest <= 1 || !wins(1)) return undefined
  let [found, loses] = [1, lowest]
  while (loses - found > 1) {
    const middle = Math.floor((found + loses) / 2)
    if (wins(middle)) found = middle
    else loses = middle
  }
  return { cost: found, highest: false }
}
