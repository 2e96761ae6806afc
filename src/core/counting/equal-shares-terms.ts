// What the Method of Equal Shares may be told, and the names that the library has for some of it.
import { z } from 'zod'
import type { PabulibRule } from '../formats/pabulib/words.ts'
import type { Utility } from './sharing.ts'
import { type Ties, tiesSchema } from './tie-break.ts'

/**
 * `utility`: what a project is worth to a supporter, its `cost` or 1 (`cardinality`), times points. `completion`: `greedy`
 * spends the rest by votes; `add1` raises the shares by one unit until the next raise would overspend; `add1u` is both.
 * `start`: the share of the budget as it is or in whole units. `exhaustive`: stop raising when nothing more would fit.
 * `comparison`: keep greedy's outcome where more voters prefer it, by what their winners are worth to them
 * (`satisfaction`) or by having any winner (`coverage`). `eligibility` [1, 3]: a project needs votes from at least a third
 * of the share of voters that its cost has in the budget.
 */
export type EqualSharesTerms = {
  rule: 'equal-shares'
  utility: Utility
  completion: 'none' | 'greedy' | 'add1' | 'add1u'
  start: 'exact' | 'whole'
  exhaustive: boolean
  comparison: 'none' | 'satisfaction' | 'coverage'
  eligibility: readonly [number, number] | null
  minVotes: number
  ties: Ties
}

/** Reads terms out of untrusted JSON. */
export const equalSharesTerms: z.ZodType<EqualSharesTerms> = z.strictObject({
  rule: z.literal('equal-shares'),
  utility: z.enum(['cost', 'cardinality']),
  completion: z.enum(['none', 'greedy', 'add1', 'add1u']),
  start: z.enum(['exact', 'whole']),
  exhaustive: z.boolean(),
  comparison: z.enum(['none', 'satisfaction', 'coverage']),
  eligibility: z.tuple([z.int().min(0), z.int().min(1)]).nullable(),
  minVotes: z.int().min(0),
  ties: tiesSchema,
})

/** The Equal Shares rules by their names in the library. */
const NAMES = [
  'equalshares',
  'equalshares-comparison',
  'equalshares/add1',
  'equalshares/add1-comparison',
] as const

/** As the elections of Wieliczka, Świecie and Assen were counted: Add1 from a whole share, not stopping when exhaustive. */
export const equalSharesOf = (rule: (typeof NAMES)[number], minVotes: number): EqualSharesTerms => ({
  rule: 'equal-shares',
  utility: 'cost',
  completion: rule.includes('/add1') ? 'add1' : 'none',
  start: rule.includes('/add1') ? 'whole' : 'exact',
  exhaustive: false,
  comparison: rule.endsWith('-comparison') ? 'satisfaction' : 'none',
  eligibility: null,
  minVotes,
  ties: ['cheaper', 'votes', 'rows'],
})

/** The rule of a name in the library; undefined when it is none of these. */
export function equalSharesNamed(rule: string, minVotes: number): EqualSharesTerms | undefined {
  const name = NAMES.find((one) => one === rule)
  return name && equalSharesOf(name, minVotes)
}

/** The name where the library has one, else what it is in a comment. */
export function pabulibEqualShares(terms: EqualSharesTerms): PabulibRule {
  const { utility, completion, comparison, eligibility, ties, minVotes } = terms
  const name = NAMES.find(
    (rule) => JSON.stringify({ ...equalSharesOf(rule, minVotes), ties }) === JSON.stringify(terms),
  )
  if (name) return { rule: name, entries: [] }
  const options = [utility, completion, comparison, eligibility?.join('/') ?? 'all eligible'].join(', ')
  return {
    rule: 'unknown',
    entries: [['comment', `#1: The rule is the Method of Equal Shares: ${options}.`]],
  }
}
