// Discover: the list in everyone's own order, filter, search, near me, the card of a project and sharing it.
import type { Message } from 'grammy/types'
import { followProject, readAround } from '../../use-cases/follow-project.ts'
import { type ListedProjects, listProjects, passes } from '../../use-cases/list-projects.ts'
import { isOutdated, readPlace } from '../../use-cases/read-place.ts'
import { type FoundProject, readProject } from '../../use-cases/read-project.ts'
import { askLocationScreen, locationAgain } from '../ask.ts'
import type { At } from '../at.ts'
import { cardButton, listButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { carriesNumber } from '../numbers.ts'
import { once } from '../once.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { withNote } from '../speaker.ts'
import { outdated, type Talk } from '../talk.ts'
import { villageIdeas } from './ideas.ts'
import { mediaOnDemand } from './media.ts'
import { oneScreen } from './one.ts'
import { linkOf, sharing } from './sharing.ts'
import * as view from './view.ts'

const MAX_WORDS = 100

export function discoverFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.shows(listButton, list)
  on.button(cardButton, card)
  on.shows(view.followProjectButton, follow)
  on.button(view.foundButton, found)
  on.shows(view.filterButton, filter)
  on.shows(view.searchButton, askWords)
  on.shows(view.nearButton, askNear)
  on.composer.use(mediaOnDemand(parts), villageIdeas(parts), sharing(parts))
  return {
    composer: on.composer,
    opens: { project: (talk, where) => project(parts, talk, where) },
    expects: {
      search: { take: (talk, where, message) => search(parts, talk, where, message) },
      near: {
        take: async (talk, where, message) =>
          (await near(parts, talk, where, message)) || locationAgain(talk),
      },
    },
    recognises: (talk, message) => recognises(parts, talk, message),
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
  const filter = all.filters[input.category - 1]
  const projects = all.projects.filter((project) => !filter || passes(filter, project))
  const chosen = filter ? input.category : 0
  showList(talk, { ...all, projects }, input.page, chosen)
}

const showList = (
  { t, who, speak }: Talk,
  listed: ListedProjects,
  page: number,
  category: number,
  words = '',
): void => speak.show((who.easy ? oneScreen : view.listScreen)(t, listed, page, category, words))

async function found(
  parts: FeatureParts,
  talk: Talk,
  input: At & { page: number; words: string },
): Promise<void> {
  const listed = await current(parts, talk, input, { words: input.words })
  // Words that a person wrote are not kept: they are asked for again.
  talk.speak.drawnBy(view.searchButton.pack(input))
  if (listed) showList(talk, listed, input.page, 0, input.words)
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
  talk.speak.drawnBy(cardButton.pack({ ...input, words: '' }))
  await showCard(parts, talk, one, input)
}

async function showCard(
  parts: FeatureParts,
  { t, who, speak }: Talk,
  one: FoundProject,
  from: view.Origin,
  note?: string,
): Promise<void> {
  const around = await readAround(parts.app, who.id, one.project)
  speak.show(view.cardScreen(t, one, from, { link: linkOf(parts, one), around, note }))
}

/** The card again, with what the press changed. */
async function follow(
  parts: FeatureParts,
  talk: Talk,
  { on, ...input }: At & { number: number; page: number; category: number; on: number },
): Promise<void> {
  const done = await followProject(parts.app, talk.who.id, input, on === 1)
  if (!done.ok) return outdated(talk)
  const note = talk.t.html(on === 1 ? 'questions.followed' : 'questions.unfollowed')
  await showCard(parts, talk, done.value, { ...input, words: '' }, note)
}

async function project(parts: FeatureParts, talk: Talk, where: At & { number: number }): Promise<boolean> {
  const one = await readProject(parts.app, where.cycle, where.territory, where.number)
  if (one) await showCard(parts, talk, one, view.WHOLE)
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
  talk.speak.show(view.searchScreen(talk.t, where))
}

async function askNear(parts: FeatureParts, talk: Talk, where: At): Promise<void> {
  if (!(await isCurrent(parts, where))) return outdated(talk)
  await once(parts, talk, 'near', async () => {
    await expect(parts, talk.who.id, { kind: 'near', ...where })
    talk.speak.show(askLocationScreen(talk.t))
  })
}

async function search(parts: FeatureParts, talk: Talk, where: At, { text }: Message): Promise<boolean> {
  const { t, who, speak } = talk
  if (text !== undefined && carriesNumber(text)) return false
  speak.drawnBy(view.searchButton.pack(where))
  const asked = view.searchScreen(t, where)
  if (text === undefined || text.length > MAX_WORDS) {
    const why = text === undefined ? t.html('common.media') : t.html('common.too-long', { max: MAX_WORDS })
    withNote(speak, why).show(asked)
    return true
  }
  const listed = await listProjects(parts.app, who.id, where.cycle, where.territory, { words: text })
  // Where nothing was found another word is asked for, and taken.
  if (listed && listed.projects.length === 0) await expect(parts, who.id, { kind: 'search', ...where })
  else await parts.session.expectNothing(who.id)
  if (listed) showList(talk, listed, 0, 0, text)
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
  speak.drawnBy(listButton.pack({ ...where, page: 0, category: 0 }))
  if (listed) speak.show(view.nearScreen(t, listed, who.easy ? 1 : undefined))
  return listed !== undefined
}

/** A location that nobody asked for sorts the projects of one's own village. */
async function recognises(parts: FeatureParts, talk: Talk, message: Message): Promise<boolean> {
  const { home } = talk.who
  return home !== undefined && near(parts, talk, home, message)
}
