// What an official writes about a meeting, its hands, or the akimat's answer.
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

export const HOLDING = ['time', 'place-kk', 'place-ru', 'hands', 'reply-kk', 'reply-ru'] as const
export type Holding = (typeof HOLDING)[number]

export const holdingExpects = { holding: z.object({ ...AT_SCHEMA, what: z.enum(HOLDING) }) }
