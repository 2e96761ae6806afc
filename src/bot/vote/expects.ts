// What the vote expects of a next message: the word by which one of several people is called.
import { z } from 'zod'

export const voteExpects = { label: z.object({ cycle: z.int(), rollRow: z.int() }) }
