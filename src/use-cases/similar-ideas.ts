// Ideas of the village that one project would answer together with this one.
import { decided } from '../core/idea.ts'
import { distanceKm, pointOf } from '../core/geo.ts'
import type { Localised } from '../core/localised.ts'
import { ALIKE, comparedIdea, keysOf, similarity } from '../core/similarity.ts'
import { type Idea, ideaById, writeIdea } from '../store/ideas.ts'
import { projectsOf } from '../store/projects.ts'
import { candidates, noteFoundBy, unfound } from '../store/similar-ideas.ts'
import type { App } from './app.ts'

export interface Similar {
  idea: Idea
  /** Between the two places; none where one of them was not given on the map. */
  metres?: number
}

export const MOST_SIMILAR = 3

/**
 * At most three, the most alike first. `notBy`: an account whose own ideas are left out, for nobody supports their own. None for an
 * idea without words, as where its author only spoke.
 */
export async function similarIdeas(app: App, id: number, notBy?: number): Promise<Similar[]> {
  const idea = await ideaById(app.db, id)
  if (!idea) return []
  const one = comparedIdea(idea)
  const keys = keysOf(one)
  if (keys.length === 0) return []
  const at = pointOf(idea)
  const scored = (await candidates(app.db, idea, keys, at)).flatMap((other) => {
    if (notBy !== undefined && other.author === notBy) return []
    const there = pointOf(other)
    const metres = at && there && Math.round(distanceKm(at, there) * 1000)
    const score = similarity(one, comparedIdea(other), metres)
    return score >= ALIKE ? [{ id: other.id, metres, score }] : []
  })
  scored.sort((a, b) => b.score - a.score || a.id - b.id)
  const found = await Promise.all(
    scored.slice(0, MOST_SIMILAR).map(async ({ id: other, metres }): Promise<Similar[]> => {
      const read = await ideaById(app.db, other)
      return read ? [{ idea: read, ...(metres === undefined ? {} : { metres }) }] : []
    }),
  )
  return found.flat()
}

/** A project that stands on the village's list already. */
export interface SimilarProject {
  cycle: number
  territory: number
  number: number
  title: Localised
}

/** Those of the list that one project would answer together with the idea; at most three, the most alike first. */
export async function similarProjects(app: App, idea: Idea): Promise<SimilarProject[]> {
  const one = comparedIdea(idea)
  if (keysOf(one).length === 0) return []
  const at = pointOf(idea)
  const scored = (await projectsOf(app.db, idea.cycle, idea.territory)).flatMap((project) => {
    if (project.withdrawn || project.id === idea.project) return []
    const { title: titles, category, lat, lon } = project
    const there = pointOf({ lat, lon })
    const metres = at && there && Math.round(distanceKm(at, there) * 1000)
    const kept = {
      locale: idea.locale,
      category,
      title: null,
      body: null,
      titles,
      texts: project.summary ?? {},
    }
    const score = similarity(one, comparedIdea(kept), metres)
    return score >= ALIKE ? [{ project, score }] : []
  })
  scored.sort((a, b) => b.score - a.score || a.project.number - b.project.number)
  return scored
    .slice(0, MOST_SIMILAR)
    .map(({ project: { cycle, territory, number, title } }) => ({ cycle, territory, number, title }))
}

/** What an idea may be merged with, where it still may be merged. */
export const mergeableWith = async (app: App, { id, state }: Idea): Promise<Similar[]> =>
  decided(state, 'merge') === undefined ? [] : similarIdeas(app, id)

/** Its author saw what is like it, or there is nothing: they are not asked again. False: it is not theirs to write. */
export async function markCompared(app: App, author: number, id: number): Promise<boolean> {
  const idea = await ideaById(app.db, id)
  return idea !== undefined && writeIdea(app.db, id, author, { foundBy: keysOf(comparedIdea(idea)) })
}

const AT_ONCE = 500

/** Gives sent ideas what they are found by where they lack it. Safe to repeat; returns how many lacked it. */
export async function fillFoundBy(app: App): Promise<number> {
  for (let filled = 0; ; ) {
    const rows = await unfound(app.db, AT_ONCE)
    const keyed = rows.map(({ id, version, ...kept }) => ({ id, version, keys: keysOf(comparedIdea(kept)) }))
    await noteFoundBy(app.db, keyed)
    filled += rows.length
    if (rows.length < AT_ONCE) return filled
  }
}
