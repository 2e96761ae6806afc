// Approval ballot: up to k projects, all worth the same.
import { z } from 'zod'
import { lengthEntries } from '../formats/pabulib/words.ts'
import { fail, ok } from '../result.ts'
import type { BallotType } from './ballot-type.ts'
import {
  commaList,
  fromCommaList,
  inListOrder,
  lengthProblem,
  listProblem,
  longestList,
  onlyCanonical,
  pointsProblem,
} from './choices.ts'

/** At least `min`, at most `max` projects. */
export type ApprovalTerms = { kind: 'approval'; min: number; max: number }

export const approval: BallotType<ApprovalTerms> = {
  kind: 'approval',
  terms: z
    .strictObject({ kind: z.literal('approval'), min: z.int().min(0), max: z.int().min(1) })
    .refine((terms) => terms.min <= terms.max),
  check(choices, terms, projects) {
    const problem =
      listProblem(choices, projects) ??
      pointsProblem(choices) ??
      lengthProblem(choices.length, terms.min, terms.max)
    return problem ? fail(problem) : ok(inListOrder(choices, projects))
  },
  encode: (choices, projects) => commaList(inListOrder(choices, projects)),
  decode(text, projects, terms) {
    const checked = approval.check(fromCommaList(text), terms, projects)
    return onlyCanonical(text, checked, (choices) => approval.encode(choices, projects))
  },
  utilities: (choices) => new Map(choices.map((choice) => [choice.project, 1])),
  longest: (projects, terms) => longestList(projects, terms.max),
  pabulib: ({ min, max }, projects) => ({
    voteType: 'approval',
    entries: lengthEntries(min, max, projects.length),
  }),
}
