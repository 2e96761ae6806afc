// What happened is expected, in words or by voice; what was written so far is kept sealed until it is sent.
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

export const pressureExpects = {
  pressure: z.object({ ...AT_SCHEMA, sealed: z.string().optional() }),
}
