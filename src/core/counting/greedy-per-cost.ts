// Greedy by votes per cost: the project with the most votes for its money first.
import { z } from 'zod'
import type { CountingRule } from './counting-rule.ts'
import { type Candidate, countDown } from './down-the-list.ts'
import { type Ties, tiesSchema } from './tie-break.ts'

/** What does not fit is skipped; `minVotes` and `conflicts` as in greedy by votes. */
export type GreedyPerCostTerms = {
  rule: 'greedy-per-cost'
  minVotes: number
  conflicts?: (readonly [string, string])[] | undefined
  ties: Ties
}

const termsSchema: z.ZodType<GreedyPerCostTerms> = z.strictObject({
  rule: z.literal('greedy-per-cost'),
  minVotes: z.int().min(0),
  conflicts: z.array(z.tuple([z.string(), z.string()])).optional(),
  ties: tiesSchema,
})

const isFree = (candidate: Candidate): boolean => candidate.cost === 0 && candidate.votes > 0

/** Votes a unit of money, compared exactly by cross-multiplying. Free projects with votes come first. */
export function byVotesPerCost(a: Candidate, b: Candidate): number {
  if (isFree(a) || isFree(b)) return Number(isFree(b)) - Number(isFree(a))
  const gap = BigInt(b.votes) * BigInt(a.cost || 1) - BigInt(a.votes) * BigInt(b.cost || 1)
  return gap < 0n ? -1 : gap > 0n ? 1 : 0
}

/** Source: pabutools, greedy_utilitarian_welfare with cardinality satisfaction. */
export const greedyPerCost: CountingRule<GreedyPerCostTerms> = {
  rule: 'greedy-per-cost',
  terms: termsSchema,
  count: (election, terms, tieSeed) =>
    countDown(election, terms, tieSeed, { rank: byVotesPerCost, skip: true }),
  pabulib: () => ({
    rule: 'greedy-custom',
    entries: [['comment', '#1: The rule is greedy by votes per cost.']],
  }),
}
