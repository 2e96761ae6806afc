// What a clerk writes about papers: a number of the list, papers that came back, what lay in the box, and why the numbers do not fit.
import { z } from 'zod'
import { AT_SCHEMA } from '../at.ts'

export const PAPER_ASKED = ['row', 'own', 'returned', 'papers', 'note-kk', 'note-ru'] as const
export type PaperAsked = (typeof PAPER_ASKED)[number]

export const paperExpects = { paper: z.object({ ...AT_SCHEMA, what: z.enum(PAPER_ASKED) }) }
