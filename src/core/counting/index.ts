// The registry of counting rules, and the count itself.
import { z } from 'zod'
import type { PabulibRule } from '../formats/pabulib/words.ts'
import type { Count } from './count.ts'
import type { CountingRule, Meter } from './counting-rule.ts'
import type { Election } from './election.ts'
import { equalShares } from './equal-shares.ts'
import { greedy } from './greedy.ts'
import { greedyPerCost } from './greedy-per-cost.ts'

/** One line a rule. */
export const countingRules = {
  greedy,
  'greedy-per-cost': greedyPerCost,
  'equal-shares': equalShares,
}

type TermsOf<R> = R extends CountingRule<infer T> ? T : never

/** The counting rule of a cycle, as its frozen rules state it: plain JSON. */
export type RuleTerms = TermsOf<(typeof countingRules)[keyof typeof countingRules]>

/** Reads rule terms out of untrusted JSON. */
export const ruleTermsSchema: z.ZodType<RuleTerms> = z.union(
  Object.values(countingRules).map((rule): z.ZodType<RuleTerms> => rule.terms),
)

/** What any count takes, however small the election. */
const EACH = 2000

/**
 * Winners, money and steps. Pure and exact: the same arguments give the same count on every machine. `meter` is told the steps
 * that it took, for whoever counts again and again.
 */
export function count(
  election: Election,
  terms: RuleTerms,
  tieSeed: Uint8Array,
  meter: Meter = { steps: 0 },
): Count {
  const { places, times } = election.ballots
  meter.steps += EACH + places.length + times.length + 20 * election.projects.length
  return (countingRules[terms.rule] as CountingRule<RuleTerms>).count(election, terms, tieSeed, meter)
}

/** What the library calls the rule of a cycle, and the META entries it needs. */
export const pabulibRule = (terms: RuleTerms): PabulibRule =>
  (countingRules[terms.rule] as CountingRule<RuleTerms>).pabulib(terms)
