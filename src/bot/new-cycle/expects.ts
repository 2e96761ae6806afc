// What an official is expected to write while a cycle is drawn up.
import { z } from 'zod'

/** `date`: which one, as a cycle file calls it. */
export const newCycleExpects = {
  cycleDraft: z.object({
    what: z.enum(['title', 'pots', 'places', 'desk', 'date', 'ballot', 'votes', 'ceiling']),
    date: z.string().optional(),
  }),
}
export type Drafting = z.infer<typeof newCycleExpects.cycleDraft>
