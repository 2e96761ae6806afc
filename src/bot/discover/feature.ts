// Discover: the list in everyone's own order, filter, search, near me, the card of a project and sharing it.
import type { Message } from 'grammy/types'
import { type ListedProjects, listProjects } from '../../use-cases/list-projects.ts'
import { isOutdated, readPlace } from '../../use-cases/read-place.ts'
import { type FoundProject, readProject } from '../../use-cases/read-project.ts'
import { askLocationScreen } from '../ask.ts'
import type { At } from '../at.ts'
import { cardButton, listButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import { mediaOnDemand } from './media.ts'
import { linkOf, sharing } from './sharing.ts'
import * as view from './view.ts'

const MAX_WORDS = 100

export function discoverFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.button(listButton, list)
  on.button(cardButton, card)
  on.button(view.foundButton, found)
  on.button(view.filterButton, filter)
  on.button(view.searchButton, askWords)
  on.button(view.nearButton, askNear)
  on.composer.use(mediaOnDemand(parts), sharing(parts))
  return {
    composer: on.composer,
    opens: { project: (talk, where) => project(parts, talk, where) },
    expects: {
      search: { take: (talk, where, message) => search(parts, talk, where, message) },
      near: { take: (talk, where, message) => near(parts, talk, where, message) },
    },
  } satisfies Feature
}

/** The list behind a button; undefined, and said so, where it is of another time. */
async function current(
  parts: FeatureParts,
  talk: Talk,
  where: At,
  wish: Parameters<typeof listProjects>[4] = {},
): Promise<ListedProjects | undefined> {
  const listed = await listProjects(parts.app, talk.who.id, where.cycle, where.territory, wish)
  if (listed && !isOutdated(listed.place)) return listed
  outdated(talk)
  return undefined
}

async function list(
  parts: FeatureParts,
  talk: Talk,
  input: At & { page: number; category: number },
): Promise<void> {
  const all = await current(parts, talk, input)
  if (!all) return
  const category = all.categories[input.category - 1]
  const projects = all.projects.filter((project) => !category || project.category === category)
  const chosen = category ? input.category : 0
  talk.speak.show(view.listScreen(talk.t, { ...all, projects }, input.page, chosen))
}

async function found(parts: FeatureParts, talk: Talk, input: At & { words: string }): Promise<void> {
  const listed = await current(parts, talk, input, { words: input.words })
  if (listed) talk.speak.show(view.listScreen(talk.t, listed, 0, 0, input.words))
}

async function filter(parts: FeatureParts, talk: Talk, input: At): Promise<void> {
  const listed = await current(parts, talk, input)
  if (listed) talk.speak.show(view.filterScreen(talk.t, listed))
}

async function card(
  parts: FeatureParts,
  talk: Talk,
  input: At & { number: number } & view.Origin,
): Promise<void> {
  const one = await readProject(parts.app, input.cycle, input.territory, input.number)
  if (!one || isOutdated(one.place)) return outdated(talk)
  showCard(parts, talk, one, input)
}

const showCard = (parts: FeatureParts, { t, speak }: Talk, one: FoundProject, from: view.Origin): void =>
  speak.show(view.cardScreen(t, one.place, one.project, from, linkOf(parts, one)))

async function project(parts: FeatureParts, talk: Talk, where: At & { number: number }): Promise<boolean> {
  const one = await readProject(parts.app, where.cycle, where.territory, where.number)
  if (one) showCard(parts, talk, one, view.WHOLE)
  return one !== undefined
}

/** Whether the buttons of a place may still be pressed. */
async function isCurrent(parts: FeatureParts, where: At): Promise<boolean> {
  const place = await readPlace(parts.app, where.cycle, where.territory)
  return place !== undefined && !isOutdated(place)
}

async function askWords(parts: FeatureParts, talk: Talk, where: At): Promise<void> {
  if (!(await isCurrent(parts, where))) return outdated(talk)
  await expect(parts, talk.who.id, { kind: 'search', ...where })
  talk.speak.show({ text: talk.t.html('discover.search-ask') })
}

async function askNear(parts: FeatureParts, talk: Talk, where: At): Promise<void> {
  if (!(await isCurrent(parts, where))) return outdated(talk)
  await expect(parts, talk.who.id, { kind: 'near', ...where })
  talk.speak.show(askLocationScreen(talk.t))
}

async function search(
  parts: FeatureParts,
  { t, who, speak }: Talk,
  where: At,
  { text }: Message,
): Promise<boolean> {
  if (text === undefined) return false
  if (text.length > MAX_WORDS) {
    speak.show({ text: t.html('common.too-long', { max: MAX_WORDS }) })
    return true
  }
  const listed = await listProjects(parts.app, who.id, where.cycle, where.territory, { words: text })
  await parts.session.expectNothing(who.id)
  if (listed) speak.show(view.listScreen(t, listed, 0, 0, text))
  return true
}

async function near(
  parts: FeatureParts,
  { t, who, speak }: Talk,
  where: At,
  { location }: Message,
): Promise<boolean> {
  if (!location) return false
  await parts.session.expectNothing(who.id)
  const point = { lat: location.latitude, lon: location.longitude }
  const listed = await listProjects(parts.app, who.id, where.cycle, where.territory, { near: point })
  if (!listed) return true
  speak.send({ text: t.html('start.location-taken'), keyboard: { remove_keyboard: true } })
  speak.show(view.nearScreen(t, listed))
  return true
}
