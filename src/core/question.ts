// Questions about a project: how long its words may be, how many an account may have open, and what comes of one.
import type { OFFICIAL_LANGUAGES } from './localised.ts'

/** `open`: an official answers. `declined`: it is not answered, and why was told to whoever asked. */
export const QUESTION_STATES = ['open', 'answered', 'declined'] as const
export type QuestionState = (typeof QUESTION_STATES)[number]

/** Letters, least and most; `reason`: why a question is not answered. */
export const QUESTION_LENGTHS = { question: [3, 600], answer: [2, 1000], reason: [3, 600] } as const

/** So many questions of an account may wait for an answer. */
export const MOST_OPEN = 3

/** What an official makes of a question; answered in one language, it may be answered in the other too. */
export type Reply =
  | { kind: 'answer'; locale: (typeof OFFICIAL_LANGUAGES)[number]; text: string }
  | { kind: 'decline'; text: string }
