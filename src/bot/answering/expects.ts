// What an official is expected to write: an answer in a language, or why there is none.
import { z } from 'zod'
import { OFFICIAL_LANGUAGES } from '../../core/localised.ts'

/** `version`: the question as it was read; without a language it is not answered, and why is written. */
export const answeringExpects = {
  answer: z.object({ question: z.int(), version: z.int(), locale: z.enum(OFFICIAL_LANGUAGES).optional() }),
}
export type Answering = z.infer<typeof answeringExpects.answer>
