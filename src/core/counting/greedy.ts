// Greedy by votes: the most voted project first, as long as the money lasts.
import { z } from 'zod'
import type { PabulibRule } from '../formats/pabulib/words.ts'
import type { CountingRule } from './counting-rule.ts'
import { byVotes, countDown } from './down-the-list.ts'
import { type Ties, tiesSchema } from './tie-break.ts'

/** `skip: false` stops at the first project that does not fit; `minVotes` 0 asks for none; of two in conflict one wins. */
export type GreedyTerms = {
  rule: 'greedy'
  skip: boolean
  minVotes: number
  conflicts?: (readonly [string, string])[] | undefined
  ties: Ties
}

const termsSchema: z.ZodType<GreedyTerms> = z.strictObject({
  rule: z.literal('greedy'),
  skip: z.boolean(),
  minVotes: z.int().min(0),
  conflicts: z.array(z.tuple([z.string(), z.string()])).optional(),
  ties: tiesSchema,
})

/** Source: the library's own check of `greedy`, `greedy-no-skip` and `greedy-threshold` (pabulib checker). */
export const greedy: CountingRule<GreedyTerms> = {
  rule: 'greedy',
  terms: termsSchema,
  count: (election, terms, tieSeed) =>
    countDown(election, terms, tieSeed, { rank: byVotes, skip: terms.skip }),
  pabulib({ skip, minVotes, conflicts }) {
    const entries: PabulibRule['entries'] =
      minVotes > 0 ? [['min_project_score_threshold', String(minVotes)]] : []
    if (!skip) return { rule: 'greedy-no-skip', entries }
    if (conflicts?.length) return { rule: 'greedy-exclusive', entries }
    return { rule: minVotes > 0 ? 'greedy-threshold' : 'greedy', entries }
  },
}
