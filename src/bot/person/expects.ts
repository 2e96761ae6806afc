// What a clerk who sees a document writes: the number of its owner on the list.
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

export const personExpects = { person: z.object(AT_SCHEMA) }
