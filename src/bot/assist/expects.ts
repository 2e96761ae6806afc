// What a facilitator and an official write: a card or a number of the list; who shall help, and until when.
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

export const assistExpects = {
  'assist-shown': z.object(AT_SCHEMA),
  'assist-who': z.object(AT_SCHEMA),
  'assist-until': z.object({ ...AT_SCHEMA, account: z.string() }),
}
