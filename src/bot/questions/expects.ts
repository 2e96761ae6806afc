// A question about a project or an idea is expected.
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

export const questionExpects = {
  question: z.object({ ...AT_SCHEMA, number: z.int(), idea: z.boolean().optional() }),
}
