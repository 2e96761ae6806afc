// Choose-one ballot: exactly one project.
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

export type ChooseOneTerms = { kind: 'choose-1' }

export const chooseOne: BallotType<ChooseOneTerms> = {
  kind: 'choose-1',
  terms: z.strictObject({ kind: z.literal('choose-1') }),
  check(choices, _terms, projects) {
    const problem =
      listProblem(choices, projects) ?? pointsProblem(choices) ?? lengthProblem(choices.length, 1, 1)
    return problem ? fail(problem) : ok([...choices])
  },
  encode: (choices) => commaList(choices),
  decode(text, projects, terms) {
    const checked = chooseOne.check(fromCommaList(text), terms, projects)
    return onlyCanonical(text, checked, commaList)
  },
  utilities: (choices) => new Map(choices.map((choice) => [choice.project, 1])),
  longest: (projects) => longestList(projects, 1),
  pabulib: (_terms, projects) => ({ voteType: 'choose-1', entries: lengthEntries(1, 1, projects.length) }),
}
