// A project of a ballot by what somebody wrote: its number, or its whole title where no other project has it.
import { numberMeant, type Project } from '../../use-cases/list-projects.ts'
import { isOneOf } from '../seen.ts'

/** Undefined when none is meant, or more than one may be. Titles count in any language, however they are written. */
export function projectNamed(projects: readonly Project[], text: string): Project | undefined {
  const standing = projects.filter(({ withdrawn }) => !withdrawn)
  const number = numberMeant(text)
  const numbered = standing.find((project) => project.number === number)
  const titled = standing.filter(({ title }) => isOneOf(text, Object.values(title)))
  return numbered ?? (titled.length === 1 ? titled[0] : undefined)
}
