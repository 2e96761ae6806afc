// What the public pages are made of: cycles that are no draft, by short name, and their villages.
import { isPublished } from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { authorNames } from '../store/author-names.ts'
import { cycleByName } from '../store/cycles.ts'
import { photosOfList } from '../store/idea-media.ts'
import { type NeedResult, needResultOf } from '../store/need-meetings.ts'
import { needsOf } from '../store/needs.ts'
import { territoriesOf } from '../store/places.ts'
import type { App } from './app.ts'
import { frozenList } from './frozen-list.ts'
import type { Cycle } from './list-cycles.ts'
import type { Place } from './list-places.ts'
import type { Project } from './list-projects.ts'
import { readPlace } from './read-place.ts'
import { readWorks, type Work } from './read-works.ts'
import { type ShownCards, shownCards } from './shown-cards.ts'

export interface OpenCycle {
  cycle: Cycle
  places: Place[]
}

export interface OpenPlace {
  place: Place
  /** In the order of the list. */
  projects: Project[]
  /** Names of our copies of photos, by number of the project. */
  photos: ReadonlyMap<number, readonly string[]>
  /** Names of those whose ideas the projects were, where they asked for it, by number of the project. */
  authors: ReadonlyMap<number, string>
  /** What residents said that they need, once it is published. */
  needs: { asked: Localised[]; result: NeedResult } | undefined
  /** What is built; nothing before the result is published. */
  works: Work[]
  /** Where its cards are, small numbers left out; undefined where none was printed. */
  cards: ShownCards | undefined
}

/** Undefined: no cycle has this short name, or it is still a draft. */
async function openCycle(app: App, slug: string): Promise<Cycle | undefined> {
  const cycle = await cycleByName(app.db, slug)
  return cycle && cycle.slug === slug && cycle.phase !== 'draft' ? cycle : undefined
}

export async function readOpenCycle(app: App, slug: string): Promise<OpenCycle | undefined> {
  const cycle = await openCycle(app, slug)
  return cycle && { cycle, places: await territoriesOf(app.db, cycle.id) }
}

export async function readOpenPlace(
  app: App,
  slug: string,
  territory: number,
): Promise<OpenPlace | undefined> {
  const cycle = await openCycle(app, slug)
  const place = cycle && (await readPlace(app, cycle.id, territory))
  if (!place) return undefined
  const where = { cycle: cycle.id, territory }
  const [list, copies, named, asked, result, works, cards] = await Promise.all([
    frozenList(app, cycle.id, territory),
    photosOfList(app.db, cycle.id, territory),
    authorNames(app.db, cycle.id, territory),
    needsOf(app.db, cycle.id),
    needResultOf(app.db, where),
    isPublished(cycle.phase) ? readWorks(app, cycle.id, territory) : [],
    shownCards(app, cycle.id, territory),
  ])
  const photos = new Map<number, string[]>()
  for (const { number, copy } of copies) photos.set(number, [...(photos.get(number) ?? []), copy])
  const projects = list?.projects ?? []
  const authors = new Map(named.map(({ number, name }) => [number, name]))
  return { place, projects, photos, authors, needs: result && { asked, result }, works, cards }
}
