// The published result of a pot of a territory, as far as it may be shown; before publication there is none to anybody.
import { type ShownCount, shownCount } from '../core/counting/shown.ts'
import type { Pot } from '../core/pot.ts'
import { publishedResult } from '../store/results.ts'
import type { App } from './app.ts'
import { frozenList } from './frozen-list.ts'
import type { Place } from './list-places.ts'
import type { Project } from './list-projects.ts'

/** `budget` and `projects`: those of the pot. */
export type PublishedResult = { place: Place; pot: Pot; budget: number; projects: Project[] } & ShownCount

/** Undefined until the result is published. Where few voted, votes by project and steps are absent. */
export async function readResult(
  app: App,
  cycle: number,
  territory: number,
  pot: Pot,
): Promise<PublishedResult | undefined> {
  const [list, result] = await Promise.all([
    frozenList(app, cycle, territory),
    publishedResult(app.db, cycle, territory, pot),
  ])
  const own = list?.place.pots.find((one) => one.pot === pot)
  if (!list || !own || !result) return undefined
  const projects = list.projects.filter((project) => project.pot === pot)
  return { place: list.place, ...own, projects, ...shownCount(result.count, result.ballots) }
}
