// The published result of a territory; before publication there is none to anybody.
import type { StoredResult } from '../store/results.ts'
import { publishedResult } from '../store/results.ts'
import type { App } from './app.ts'
import { frozenList } from './frozen-list.ts'
import type { Place } from './list-places.ts'
import type { Project } from './list-projects.ts'

export interface PublishedResult {
  place: Place
  projects: Project[]
  result: StoredResult
}

/** Undefined until the result is published. */
export async function readResult(
  app: App,
  cycle: number,
  territory: number,
): Promise<PublishedResult | undefined> {
  const [list, result] = await Promise.all([
    frozenList(app, cycle, territory),
    publishedResult(app.db, cycle, territory),
  ])
  return list && result && { place: list.place, projects: list.projects, result }
}
