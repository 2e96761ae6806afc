// What an official is expected to write of a work: the words of a milestone, its facts, photos, or an answer to residents.
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

const work = { ...AT_SCHEMA, number: z.int(), version: z.int() }

/** `version`: the work as it was read. What was written so far is the official's own and is published. */
export const keepingExpects = {
  'new-milestone': z.object({ ...work, kk: z.string().optional(), ru: z.string().optional() }),
  'milestone-fact': z.object({
    ...work,
    milestone: z.int(),
    fact: z.enum(['percent', 'planned', 'actual', 'cost', 'kk', 'ru']),
  }),
  'milestone-photo': z.object({ ...work, milestone: z.int() }),
  'built-reply': z.object({ ...work, kk: z.string().optional() }),
  'result-change': z.object({
    ...AT_SCHEMA,
    number: z.int(),
    change: z.enum(['dropped', 'cheaper', 'outside']),
    cost: z.int().optional(),
    kk: z.string().optional(),
  }),
}
export type Changing = z.infer<(typeof keepingExpects)['result-change']>
export type NewMilestone = z.infer<(typeof keepingExpects)['new-milestone']>
export type MilestoneFact = z.infer<(typeof keepingExpects)['milestone-fact']>
export type MilestonePhoto = z.infer<(typeof keepingExpects)['milestone-photo']>
export type BuiltReply = z.infer<(typeof keepingExpects)['built-reply']>
