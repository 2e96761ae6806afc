// The list a ballot is marked on: frozen when voting opens, so it is read once and kept.
import { placeTogether } from '../store/places.ts'
import { projectsOf } from '../store/projects.ts'
import type { App, FrozenList } from './app.ts'

/** The territory and its list; kept in memory once the cycle's rules are frozen. Undefined when there is no such place. */
export async function frozenList(
  app: App,
  cycle: number,
  territory: number,
): Promise<FrozenList | undefined> {
  const key = `${cycle}:${territory}`
  const known = app.frozen.get(key)
  if (known) return known
  const [place, projects] = await Promise.all([
    placeTogether(app.db, cycle, territory),
    projectsOf(app.db, cycle, territory),
  ])
  if (!place) return undefined
  const list = { place, projects }
  if (place.cycle.frozenRules !== undefined) app.frozen.set(key, list)
  return list
}
