// The published result of a territory, as far as it may be shown; before publication there is none to anybody.
import { type ShownCount, shownCount } from '../core/counting/shown.ts'
import { publishedResult } from '../store/results.ts'
import type { App } from './app.ts'
import { frozenList } from './frozen-list.ts'
import type { Place } from './list-places.ts'
import type { Project } from './list-projects.ts'

export type PublishedResult = { place: Place; projects: Project[] } & ShownCount

/** Undefined until the result is published. Where few voted, votes by project and steps are absent. */
export async function readResult(
  app: App,
  cycle: number,
  territory: number,
): Promise<PublishedResult | undefined> {
  const [list, result] = await Promise.all([
    frozenList(app, cycle, territory),
    publishedResult(app.db, cycle, territory),
  ])
  return (
    list &&
    result && {
      place: list.place,
      projects: list.projects,
      ...shownCount(result.count, result.ballots),
    }
  )
}
