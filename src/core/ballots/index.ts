// The registry of ballot types, and the verbs on the terms of a cycle.
import { z } from 'zod'
import type { PabulibBallot } from '../formats/pabulib/words.ts'
import type { Money } from '../money.ts'
import type { Result } from '../result.ts'
import { approval } from './approval.ts'
import type { BallotProblem, BallotType, Choice, ListedProject } from './ballot-type.ts'
import { chooseOne } from './choose-one.ts'
import { knapsack } from './knapsack.ts'
import { points } from './points.ts'
import { ranking } from './ranking.ts'

/** One line a ballot type. */
export const ballotTypes = {
  approval,
  knapsack,
  points,
  ranking,
  'choose-1': chooseOne,
}

type TermsOf<B> = B extends BallotType<infer T> ? T : never

/** The ballot of a cycle, as its frozen rules state it: plain JSON, e.g. `{ kind: 'approval', min: 1, max: 3 }`. */
export type BallotTerms = TermsOf<(typeof ballotTypes)[keyof typeof ballotTypes]>
export type BallotKind = BallotTerms['kind']

/** Reads ballot terms out of untrusted JSON. */
export const ballotTermsSchema: z.ZodType<BallotTerms> = z.union(
  Object.values(ballotTypes).map((type): z.ZodType<BallotTerms> => type.terms),
)

const typeOf = (terms: BallotTerms): BallotType<BallotTerms> =>
  ballotTypes[terms.kind] as BallotType<BallotTerms>

/** The choices in canonical order, or what is wrong with them. */
export const checkBallot = (
  choices: readonly Choice[],
  terms: BallotTerms,
  projects: readonly ListedProject[],
): Result<Choice[], BallotProblem> => typeOf(terms).check(choices, terms, projects)

/** The canonical text of checked choices of one pot. */
export const encodeBallot = (
  choices: readonly Choice[],
  terms: BallotTerms,
  projects: readonly ListedProject[],
): string => typeOf(terms).encode(choices, projects)

/** Reads canonical text of one pot; any other text is a problem. */
export const decodeBallot = (
  text: string,
  terms: BallotTerms,
  projects: readonly ListedProject[],
): Result<Choice[], BallotProblem> => typeOf(terms).decode(text, projects, terms)

/** What the choices are worth to the count: whole numbers by project id. */
export const utilitiesOf = (
  choices: readonly Choice[],
  terms: BallotTerms,
  projects: readonly ListedProject[],
): Map<string, number> => typeOf(terms).utilities(choices, terms, projects)

/** Bytes (UTF-8) that no canonical text under these terms on this list is longer than. */
export const longestBallot = (terms: BallotTerms, projects: readonly ListedProject[]): number =>
  typeOf(terms).longest(projects, terms)

/** May a cycle whose village has this budget vote on these terms? */
export const ballotFits = (terms: BallotTerms, budget: Money): boolean =>
  typeOf(terms).fits?.(terms, budget) ?? true

/** Name and limits of the ballot in a .pb file. */
export const pabulibBallot = (terms: BallotTerms, projects: readonly ListedProject[]): PabulibBallot =>
  typeOf(terms).pabulib(terms, projects)
