// Ideas of a village for everybody: the list, a card, to support it, to hear of it, and its photos and voice on demand.
import type { Composer, Context } from 'grammy'
import { pointOf } from '../../core/geo.ts'
import { isModerated } from '../../core/idea.ts'
import type { Key } from '../../i18n.ts'
import { isOutdated } from '../../use-cases/read-place.ts'
import { supportIdea, type SupportProblem, unsupportIdea } from '../../use-cases/support-idea.ts'
import {
  followIdea,
  type FoundIdea,
  listVillageIdeas,
  readAroundIdea,
  readVillageIdea,
} from '../../use-cases/village-ideas.ts'
import type { At } from '../at.ts'
import { ideaCardButton, ideasButton } from '../buttons.ts'
import { sendIdeaMedia } from '../idea-media.ts'
import { listener } from '../listener.ts'
import { once } from '../once.ts'
import { type FeatureParts, leave } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import * as view from './ideas-view.ts'

type One = At & { number: number }
type Wish = One & { page: number; on: number }

export function villageIdeas(parts: FeatureParts): Composer<Context> {
  const on = listener(parts)
  on.shows(ideasButton, list)
  on.shows(ideaCardButton, card)
  on.shows(view.wantButton, want)
  on.shows(view.followIdeaButton, follow)
  on.shows(view.ideaMediaButton, media)
  on.shows(view.ideaMapButton, map)
  return on.composer
}

async function list(
  parts: FeatureParts,
  talk: Talk,
  { page, ...here }: At & { page: number },
): Promise<void> {
  const { t, who, speak } = talk
  const listed = await listVillageIdeas(parts.app, who.id, here)
  if (!listed || isOutdated(listed.place)) return outdated(talk)
  await leave(parts, who.id)
  speak.show(view.ideasScreen(t, listed, page, who.easy))
}

/** What everybody may read, where its vote is not of another time. */
async function current({ app }: FeatureParts, one: One): Promise<FoundIdea | undefined> {
  const found = await readVillageIdea(app, one)
  return found && !isOutdated(found.place) ? found : undefined
}

async function card(
  parts: FeatureParts,
  talk: Talk,
  one: One & { page: number },
  note?: string,
): Promise<void> {
  const found = await current(parts, one)
  if (!found) return outdated(talk)
  const around = await readAroundIdea(parts.app, talk.who.id, found.idea)
  const facts = { page: one.page, reader: talk.who.id, around }
  talk.speak.show(view.ideaCardScreen(talk.t, found, { ...facts, ...(note === undefined ? {} : { note }) }))
}

const WHY = {
  'no-such-idea': 'ideas.support-over',
  'own-idea': 'ideas.own-no-wish',
  'other-village': 'ideas.support-elsewhere',
} satisfies Record<SupportProblem['kind'], Key>

/** The card again, with what the press changed or why it changed nothing. */
async function want(parts: FeatureParts, talk: Talk, { on, ...one }: Wish): Promise<void> {
  const found = await current(parts, one)
  if (!found) return outdated(talk)
  const act = on === 1 ? supportIdea : unsupportIdea
  const done = await act(parts.app, talk.who.id, found.idea.id)
  const said = on === 1 ? 'ideas.wanted' : 'ideas.unwanted'
  await card(parts, talk, one, talk.t.html(done.ok ? said : WHY[done.problem.kind]))
}

async function follow(parts: FeatureParts, talk: Talk, { on, ...one }: Wish): Promise<void> {
  const done = await followIdea(parts.app, talk.who.id, one, on === 1)
  const said = on === 1 ? 'ideas.followed' : 'ideas.unfollowed'
  await card(parts, talk, one, talk.t.html(done.ok ? said : WHY[done.problem.kind]))
}

async function media(parts: FeatureParts, talk: Talk, one: One): Promise<void> {
  const found = await current(parts, one)
  if (!found) return outdated(talk)
  if (!isModerated(found.idea.state)) return talk.speak.answer(talk.t('ideas.media-late.alert'), true)
  await once(parts, talk, `idea-media:${one.number}`, () => sendIdeaMedia(parts, talk, found.idea.media))
}

async function map(parts: FeatureParts, talk: Talk, one: One): Promise<void> {
  const found = await current(parts, one)
  const point = found && pointOf(found.idea)
  if (!point) return outdated(talk)
  await once(parts, talk, `idea-map:${one.number}`, () =>
    talk.speak.also((api, chat) => api.sendLocation(chat, point.lat, point.lon)),
  )
}
