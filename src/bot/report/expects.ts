// What an official writes: a day, how many people were trained, and how many women among them.
import { z } from 'zod'

export const reportExpects = { training: z.object({ cycle: z.int() }) }
