// What may follow an answer about a work: a photo, or a few words.
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

/** `round`: what was said is about this time that the work was called built. */
export const worksExpects = {
  'work-answer': z.object({
    ...AT_SCHEMA,
    number: z.int(),
    round: z.int(),
    rollRow: z.int(),
    accepted: z.boolean(),
  }),
}
export type Answering = z.infer<(typeof worksExpects)['work-answer']>
