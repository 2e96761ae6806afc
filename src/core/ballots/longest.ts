// How long a ballot of one pot can get: the size of the box that hides how many projects were marked.
import { utf8 } from '../bytes.ts'
import type { ListedProject } from './ballot-type.ts'
import type { BallotTerms } from './index.ts'

/** Bytes (UTF-8) that no canonical text under these terms on this list is longer than. */
export function longestBallot(terms: BallotTerms, projects: readonly ListedProject[]): number {
  const lengths = projects.map(({ id }) => utf8(id).length).sort((a, b) => b - a)
  switch (terms.kind) {
    case 'approval':
    case 'ranking':
      return joined(lengths.slice(0, terms.max))
    case 'choose-1':
      return joined(lengths.slice(0, 1))
    case 'knapsack':
      return joined(lengths.slice(0, mostAffordable(terms.budget, projects)))
    case 'points': {
      const number = 1 + Math.max(String(terms.least).length, String(terms.most).length)
      return joined(lengths.slice(0, terms.max).map((length) => length + number))
    }
  }
}

/** How many projects fit into the budget at most: the cheapest ones. */
function mostAffordable(budget: number, projects: readonly ListedProject[]): number {
  let left = budget
  const costs = projects.map(({ cost }) => cost).sort((a, b) => a - b)
  return costs.filter((cost) => {
    left -= cost
    return left >= 0
  }).length
}

/** With a comma between two. */
const joined = (lengths: readonly number[]): number =>
  lengths.reduce((sum, length) => sum + length, 0) + Math.max(0, lengths.length - 1)
