// What each ballot type is on the screen: how it is marked with buttons, and what is said of the marks so far.
import type { Result } from '../../../core/result.ts'
import type { T } from '../../../i18n.ts'
import type { Project } from '../../../use-cases/list-projects.ts'

export interface MarkingScreen<Terms> {
  /** How many to mark, in one line. */
  rule(t: T, terms: Terms): string
  /** What is marked, in words: the button alone does not say it to everyone. */
  sofar(t: T, terms: Terms, projects: readonly Project[], marks: readonly string[]): string[]
  /** The label of a project's button. */
  label(t: T, project: Project, marks: readonly string[]): string
  /** The marks after a press on a project, or why not, as an alert. */
  press(t: T, terms: Terms, marks: readonly string[], project: string): Result<readonly string[], string>
}
