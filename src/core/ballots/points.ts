// Points ballot: points to share out (cumulative), or a grade for each project (scoring).
import { z } from 'zod'
import { type Entries, lengthEntries } from '../formats/pabulib/words.ts'
import { fail, ok } from '../result.ts'
import type { BallotProblem, BallotType, Choice } from './ballot-type.ts'
import { inListOrder, lengthProblem, listProblem, longestList, onlyCanonical } from './choices.ts'
import { choicesOf } from './marks.ts'

/**
 * `min` … `max` projects, each with `least` … `most` whole points, together `minSum` … `maxSum` (null: no limit).
 * `unlisted` is the worth of a project that the ballot does not name: 0, or the default grade of a scoring ballot.
 */
export type PointsTerms = {
  kind: 'points'
  min: number
  max: number
  least: number
  most: number
  minSum: number
  maxSum: number | null
  unlisted: number
}

function pointsOutOfRange(choices: readonly Choice[], terms: PointsTerms): BallotProblem | undefined {
  for (const { project, points } of choices) {
    if (!Number.isSafeInteger(points) || points === undefined) return { kind: 'points-missing', project }
    if (points < terms.least) return { kind: 'points-too-low', project, least: terms.least }
    if (points > terms.most) return { kind: 'points-too-high', project, most: terms.most }
  }
  return undefined
}

function sumOutOfRange(choices: readonly Choice[], terms: PointsTerms): BallotProblem | undefined {
  const sum = choices.reduce((total, choice) => total + (choice.points ?? 0), 0)
  if (terms.maxSum !== null && sum > terms.maxSum) return { kind: 'points-over', by: sum - terms.maxSum }
  if (sum < terms.minSum) return { kind: 'points-left', missing: terms.minSum - sum, early: true }
  return undefined
}

const whole = z.int()

export const points: BallotType<PointsTerms> = {
  kind: 'points',
  terms: z
    .strictObject({
      kind: z.literal('points'),
      min: whole.min(0),
      max: whole.min(1),
      least: whole,
      most: whole,
      minSum: whole,
      maxSum: whole.nullable(),
      unlisted: whole,
    })
    .refine((terms) => terms.min <= terms.max && terms.least <= terms.most)
    .refine((terms) => terms.maxSum === null || terms.minSum <= terms.maxSum),
  check(choices, terms, projects) {
    const problem =
      listProblem(choices, projects) ??
      pointsOutOfRange(choices, terms) ??
      lengthProblem(choices.length, 0, terms.max) ??
      sumOutOfRange(choices, terms) ??
      lengthProblem(choices.length, terms.min, terms.max)
    return problem ? fail(problem) : ok(inListOrder(choices, projects))
  },
  encode: (choices, projects) =>
    inListOrder(choices, projects)
      .map((choice) => `${choice.project}=${choice.points ?? 0}`)
      .join(','),
  decode(text, projects, terms) {
    const checked = points.check(text === '' ? [] : choicesOf(text.split(',')), terms, projects)
    return onlyCanonical(text, checked, (choices) => points.encode(choices, projects))
  },
  utilities(choices, terms, projects = []) {
    const unlisted: [string, number][] =
      terms.unlisted === 0 ? [] : projects.map((project) => [project.id, terms.unlisted])
    return new Map([
      ...unlisted,
      ...choices.map((choice): [string, number] => [choice.project, choice.points ?? 0]),
    ])
  },
  longest(projects, terms) {
    const number = 1 + Math.max(String(terms.least).length, String(terms.most).length)
    return longestList(projects, terms.max, number)
  },
  pabulib(terms, projects) {
    const limits: Entries = [
      ...lengthEntries(terms.min, terms.max, projects.length),
      ['min_points', String(terms.least)],
      ['max_points', String(terms.most)],
    ]
    if (terms.maxSum === null)
      return { voteType: 'scoring', entries: [...limits, ['default_score', String(terms.unlisted)]] }
    const sums: Entries = [
      ['min_sum_points', String(terms.minSum)],
      ['max_sum_points', String(terms.maxSum)],
    ]
    return { voteType: 'cumulative', entries: [...limits, ...sums] }
  },
}
