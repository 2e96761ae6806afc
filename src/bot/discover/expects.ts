// What the list of projects expects of a next message: words to search for, or a location.
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

export const discoverExpects = { search: z.object(AT_SCHEMA), near: z.object(AT_SCHEMA) }
