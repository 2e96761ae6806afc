// What moderators are expected to write: a question, words, a number of another idea, a sum.
import { z } from 'zod'
import { OFFICIAL_LANGUAGES } from '../../core/localised.ts'

/** `version`: the idea as it was read when the question was asked. */
export const moderationExpects = {
  moderate: z.object({
    idea: z.int(),
    version: z.int(),
    what: z.enum(['return', 'note', 'merge', 'cost', 'unfeasible', 'title', 'text', 'marks']),
    reason: z.string().optional(),
    locale: z.enum(OFFICIAL_LANGUAGES).optional(),
  }),
}
export type Moderating = z.infer<typeof moderationExpects.moderate>
