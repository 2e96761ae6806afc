// Votes of each type of ballot and each way of Equal Shares, as their terms.
import type { EqualSharesTerms } from '../../src/core/counting/equal-shares-terms.ts'
import type { NewCycle } from '../../src/use-cases/new-cycle.ts'

const POINTS = {
  kind: 'points',
  min: 1,
  max: 3,
  least: 1,
  most: 5,
  minSum: 1,
  maxSum: 9,
  unlisted: 0,
} as const
const shares = (more: Partial<EqualSharesTerms>): EqualSharesTerms => ({
  rule: 'equal-shares',
  utility: 'cost',
  completion: 'none',
  start: 'exact',
  exhaustive: false,
  comparison: 'none',
  eligibility: null,
  minVotes: 1,
  ties: ['lots'],
  ...more,
})
type Terms = Required<NewCycle>['terms']
type Kind = [title: string, terms: Terms, mark?: (id: string, at: number) => string]

/** Each type of ballot and each way of Equal Shares. */
export const EVERY_RULE: readonly Kind[] = [
  ['shares-greedy', { ruleTerms: shares({ completion: 'greedy' }) }],
  ['shares-add1', { ruleTerms: shares({ completion: 'add1', start: 'whole' }) }],
  [
    'shares-add1u',
    { ruleTerms: shares({ completion: 'add1u', exhaustive: true, comparison: 'satisfaction' }) },
  ],
  [
    'shares-points',
    {
      ruleTerms: shares({ eligibility: [1, 3], comparison: 'coverage', utility: 'cardinality' }),
      ballotTerms: POINTS,
    },
    (id, at) => `${id}=${at + 2}`,
  ],
  ['ranking', { ballotTerms: { kind: 'ranking', min: 1, max: 3 } }],
  ['knapsack', { ballotTerms: { kind: 'knapsack', budget: 10_000_000, min: 1 } }],
]
