// What each ballot type is on the screen: how it is marked with buttons, and what is said of the marks.
import type { BallotProblem } from '../../../core/ballots/ballot-type.ts'
import type { Result } from '../../../core/result.ts'
import type { T } from '../../../i18n.ts'
import type { Project } from '../../../use-cases/list-projects.ts'

/** A ballot that is being marked. */
export interface Marking<Terms> {
  terms: Terms
  /** As this person sees them; at Review in the frozen order. */
  projects: readonly Project[]
  /** As `markOf` writes them. */
  marks: readonly string[]
  currency: string
}

/** What a button of a project does: it marks or gives a point, or it unmarks or takes a point back. */
export type Act = 'mark' | 'take'

export interface MarkLabel {
  label: string
  act: Act
}

export interface MarkingScreen<Terms> {
  /** How to mark, a sentence or a few. */
  rule(t: T, ballot: Marking<Terms>): string[]
  /** What is marked and what is left, in words: the buttons alone do not say it to everyone. */
  sofar(t: T, ballot: Marking<Terms>): string[]
  /** The buttons of a project, each in a row of its own; the number stands in every label, so no two are alike. */
  buttons(t: T, ballot: Marking<Terms>, project: Project): MarkLabel[]
  /** Where it stands alone: how it is marked, in a sentence, and its buttons in words that need no number. */
  alone(t: T, ballot: Marking<Terms>, project: Project): { state: string; buttons: MarkLabel[] }
  /** The marks after a press on a project, or why not. */
  press(ballot: Marking<Terms>, project: string, act: Act): Result<readonly string[], BallotProblem>
  /** What is to be sent, line by line, with totals where they matter. */
  chosen(t: T, ballot: Marking<Terms>): string[]
}
