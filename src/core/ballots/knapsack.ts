// Knapsack ballot: any projects, as long as together they cost no more than the budget on the ballot.
import { z } from 'zod'
import { isMoney, type Money, sumMoney } from '../money.ts'
import { fail, ok } from '../result.ts'
import type { BallotProblem, BallotType, Choice, ListedProject } from './ballot-type.ts'
import {
  commaList,
  fromCommaList,
  inListOrder,
  lengthProblem,
  listProblem,
  longestList,
  onlyCanonical,
  pointsProblem,
} from './choices.ts'

/** At least `min` projects, together within `budget` (whole units). */
export type KnapsackTerms = { kind: 'knapsack'; min: number; budget: Money }

/** By how much the ballot is over its budget. Throws on a project that is not listed. */
function overBudget(
  choices: readonly Choice[],
  budget: Money,
  projects: readonly ListedProject[],
): BallotProblem | undefined {
  const cost = new Map(projects.map((project) => [project.id, project.cost]))
  const by = sumMoney(choices.map((choice) => cost.get(choice.project) ?? 0)) - budget
  return by > 0 ? { kind: 'over-budget', by } : undefined
}

/** How many projects fit into the budget at most: the cheapest ones. */
function mostAffordable(budget: Money, projects: readonly ListedProject[]): number {
  let left = budget
  const costs = projects.map(({ cost }) => cost).sort((a, b) => a - b)
  return costs.filter((cost) => {
    left -= cost
    return left >= 0
  }).length
}

export const knapsack: BallotType<KnapsackTerms> = {
  kind: 'knapsack',
  terms: z.strictObject({
    kind: z.literal('knapsack'),
    min: z.int().min(0),
    budget: z.int().refine(isMoney),
  }),
  check(choices, terms, projects) {
    const problem =
      listProblem(choices, projects) ??
      pointsProblem(choices) ??
      overBudget(choices, terms.budget, projects) ??
      lengthProblem(choices.length, terms.min, projects.length)
    return problem ? fail(problem) : ok(inListOrder(choices, projects))
  },
  encode: (choices, projects) => commaList(inListOrder(choices, projects)),
  decode(text, projects, terms) {
    const checked = knapsack.check(fromCommaList(text), terms, projects)
    return onlyCanonical(text, checked, (choices) => knapsack.encode(choices, projects))
  },
  utilities: (choices) => new Map(choices.map((choice) => [choice.project, 1])),
  longest: (projects, terms) => longestList(projects, mostAffordable(terms.budget, projects)),
  // The budget on the ballot stands in the terms, one for the whole cycle.
  fits: (terms, budget) => terms.budget === budget,
  // An approval with a limit on its sum of costs.
  pabulib: ({ min, budget }) => ({
    voteType: 'approval',
    entries: [
      ['min_length', String(min)],
      ['max_sum_cost', String(budget)],
    ],
  }),
}
