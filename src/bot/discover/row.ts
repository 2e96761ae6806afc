// What a row of the list says of a project: made once in each language, for all who look at a list that stands.
import { graphemeCut } from '../../core/text.ts'
import type { T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { Project } from '../../use-cases/list-projects.ts'
import { cutLabel } from '../message.ts'

/** Titles in a list of lines. */
export const TITLE = 160

interface Row {
  label: string
  title: string
  sum: string
}

/** By project and language. */
const rows = new WeakMap<Project, Map<string, Row>>()

/** Label of its button, title and sum, in the language of `t`. Kept as long as the project is, which a frozen list keeps. */
export function rowOf(t: T, place: Place, project: Project): Row {
  const known = rows.get(project) ?? new Map<string, Row>()
  rows.set(project, known)
  const found = known.get(t.locale)
  if (found) return found
  const title = t.of(project.title)
  const made = {
    label: cutLabel(t('discover.project.button', { number: project.number, title })),
    title: graphemeCut(title, TITLE),
    sum: t.money(project.cost, place.cycle.currency),
  }
  known.set(t.locale, made)
  return made
}
