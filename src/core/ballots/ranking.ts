// Ranking ballot: projects in order of preference, the most wanted first.
import { z } from 'zod'
import { lengthEntries } from '../formats/pabulib/words.ts'
import { fail, ok } from '../result.ts'
import type { BallotType } from './ballot-type.ts'
import {
  commaList,
  fromCommaList,
  lengthProblem,
  listProblem,
  longestList,
  onlyCanonical,
  pointsProblem,
} from './choices.ts'

/** At least `min`, at most `max` places. */
export type RankingTerms = { kind: 'ranking'; min: number; max: number }

/** Worth: length of the ballot − place counted from 0, so the last place is worth 1 (the library's `score` column). */
export const ranking: BallotType<RankingTerms> = {
  kind: 'ranking',
  terms: z
    .strictObject({ kind: z.literal('ranking'), min: z.int().min(0), max: z.int().min(1) })
    .refine((terms) => terms.min <= terms.max),
  check(choices, terms, projects) {
    const problem =
      listProblem(choices, projects) ??
      pointsProblem(choices) ??
      lengthProblem(choices.length, terms.min, terms.max)
    return problem ? fail(problem) : ok([...choices])
  },
  encode: (choices) => commaList(choices),
  decode(text, projects, terms) {
    const checked = ranking.check(fromCommaList(text), terms, projects)
    return onlyCanonical(text, checked, commaList)
  },
  utilities: (choices) => new Map(choices.map((choice, place) => [choice.project, choices.length - place])),
  longest: (projects, terms) => longestList(projects, terms.max),
  pabulib: ({ min, max }, projects) => ({
    voteType: 'ordinal',
    entries: lengthEntries(min, max, projects.length),
  }),
}
