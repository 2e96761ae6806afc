// What every ballot type is: checking a person's choices, one canonical text for them, and what they are worth.
import type { ZodType } from 'zod'
import type { PabulibBallot } from '../formats/pabulib/words.ts'
import type { Money } from '../money.ts'
import type { Result } from '../result.ts'

/** One line of a ballot of one pot. `points` only where the ballot type has points. */
export type Choice = { readonly project: string; readonly points?: number }

/** A project as the frozen list has it; the list's order is the canonical order. */
export type ListedProject = { readonly id: string; readonly cost: Money }

/** `early`: the ballot is on its way, and further marks mend it; all else is wrong whatever is marked next. */
export type BallotProblem =
  | { kind: 'unknown-project'; project: string }
  | { kind: 'twice'; project: string }
  | { kind: 'too-few'; least: number; early: true }
  | { kind: 'too-many'; limit: number }
  | { kind: 'over-budget'; by: Money }
  | { kind: 'points-missing'; project: string }
  | { kind: 'points-unexpected'; project: string }
  | { kind: 'points-too-low'; project: string; least: number }
  | { kind: 'points-too-high'; project: string; most: number }
  | { kind: 'points-left'; missing: number; early: true }
  | { kind: 'points-over'; by: number }
  | { kind: 'not-canonical' }

export interface BallotType<T extends { readonly kind: string }> {
  readonly kind: T['kind']
  /** Reads terms out of frozen rules (untrusted JSON). */
  readonly terms: ZodType<T>
  /** The choices in canonical order, or the first thing that is wrong with them. */
  check(
    choices: readonly Choice[],
    terms: T,
    projects: readonly ListedProject[],
  ): Result<Choice[], BallotProblem>
  /** The canonical text of checked choices: `id,id`, points as `id=n`. Throws on a project that is not listed. */
  encode(choices: readonly Choice[], projects: readonly ListedProject[]): string
  /** Reads canonical text only: whatever `encode` would write differently is `not-canonical`. */
  decode(text: string, projects: readonly ListedProject[], terms: T): Result<Choice[], BallotProblem>
  /** Whole-number worth of each project to this ballot; a project that is not a key is worth nothing to it. */
  utilities(choices: readonly Choice[], terms: T, projects?: readonly ListedProject[]): Map<string, number>
  /** Bytes (UTF-8) that no canonical text is longer than: the box that hides how many were marked is that large. */
  longest(projects: readonly ListedProject[], terms: T): number
  /** May these terms stand in a cycle whose villages have this budget? Absent: they may, whatever it is. */
  fits?(terms: T, budget: Money): boolean
  /** Its name and limits in a .pb file. */
  pabulib(terms: T, projects: readonly ListedProject[]): PabulibBallot
}
