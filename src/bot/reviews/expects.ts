// Why the vote of a village goes under review, or out of it, is expected in words; what was written so far is kept sealed until it is proposed.
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

/** `turn`: how often it went under review and out of it before. */
export const reviewExpects = {
  'review-reason': z.object({ ...AT_SCHEMA, turn: z.int(), sealed: z.string().optional() }),
}
