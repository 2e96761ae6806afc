// What verification expects of a next message: a card's code, a contact; and a card whose link waits for "yes".
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

export const verifyExpects = {
  /** `digits`: what came of a code that is typed in two messages. */
  code: z.object({ ...AT_SCHEMA, digits: z.string().max(16) }),
  claim: z.object({ ...AT_SCHEMA, code: z.string().length(16) }),
  contact: z.object(AT_SCHEMA),
}
