// What a resident is expected to write beside the marks: a line, or a voice note.
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

export const consultExpects = { 'need-line': z.object(AT_SCHEMA) }
