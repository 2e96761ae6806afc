// One project by its number on the list of a territory.
import type { App } from './app.ts'
import { frozenList } from './frozen-list.ts'
import type { Place } from './list-places.ts'
import type { Project } from './list-projects.ts'
import { readPlace } from './read-place.ts'

export interface FoundProject {
  place: Place
  project: Project
}

/** Undefined when the list has no such number. */
export async function readProject(
  app: App,
  cycle: number,
  territory: number,
  number: number,
): Promise<FoundProject | undefined> {
  const [place, list] = await Promise.all([
    readPlace(app, cycle, territory),
    frozenList(app, cycle, territory),
  ])
  const project = list?.projects.find((one) => one.number === number)
  return place && project ? { place, project } : undefined
}
