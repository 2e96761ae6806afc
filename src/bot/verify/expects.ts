// What verification expects of a next message: a card's code, a contact; and a card whose link waits for "yes".
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

export const verifyExpects = {
  /** `half`: what came of a code that is typed in two messages, sealed; empty when nothing did. */
  code: z.object({ ...AT_SCHEMA, half: z.string().max(200) }),
  /** `card`: its code, sealed. */
  claim: z.object({ ...AT_SCHEMA, card: z.string().max(200) }),
  contact: z.object(AT_SCHEMA),
}
