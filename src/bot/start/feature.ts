// Start: language, village, menu. A link may preset the village, a project or a card.
import type { Message } from 'grammy/types'
import { listPlaces, listPracticePlaces, type Place } from '../../use-cases/list-places.ts'
import { isOutdated, readPlace } from '../../use-cases/read-place.ts'
import { rememberAccount } from '../../use-cases/remember-account.ts'
import { askLocationScreen } from '../ask.ts'
import { type At, at } from '../at.ts'
import { deskButton, menuButton, placeButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { readPayload, type Target } from '../payload.ts'
import { outdated, type Talk } from '../talk.ts'
import * as view from './view.ts'

export function startFeature(parts: FeatureParts) {
  const on = listener(parts)

  on.command('start', start)
  on.command('menu', menuAnew)
  on.command('language', askLanguage)
  on.command('help', how)
  on.button(view.languageButton, chooseLanguage)
  on.button(view.askLanguageButton, askLanguage)
  on.button(menuButton, menuAnew)
  on.button(view.villagesButton, villages)
  on.button(placeButton, chooseVillage)
  on.button(view.nearButton, askNear)
  on.button(view.howButton, how)
  on.button(deskButton, desk)
  return {
    composer: on.composer,
    opens: { menu: (talk, greeting) => menu(parts, talk, greeting) },
    expects: { 'village-near': { take: (talk, _, message) => nearest(parts, talk, message) } },
    recognises: (talk, message) => nearest(parts, talk, message),
  } satisfies Feature
}

async function start(parts: FeatureParts, talk: Talk, rest: string): Promise<void> {
  await leave(parts, talk.who.id)
  const payload = /^[\w-]{1,32}$/.test(rest) ? rest : ''
  if (!talk.who.locale) return talk.speak.show(view.languageScreen(talk.t, parts.textsOf.languages, payload))
  await arrive(parts, talk, payload, false)
}

/** Goes where the link led; a payload that leads nowhere falls back to the menu. */
async function arrive(parts: FeatureParts, talk: Talk, payload: string, greeting: boolean): Promise<void> {
  const target = readPayload(payload)
  if (target && (await arrived(parts, talk, target, payload, greeting))) return
  await menu(parts, talk, greeting)
}

async function arrived(
  parts: FeatureParts,
  talk: Talk,
  target: Target,
  payload: string,
  greeting: boolean,
): Promise<boolean> {
  switch (target.kind) {
    case 'village': {
      const here = (one: Place) => one.territory === target.territory
      const place =
        (await listPlaces(parts.app)).find(here) ?? (await listPracticePlaces(parts.app)).find(here)
      if (place) await settle(parts, talk, place, greeting, payload)
      return place !== undefined
    }
    case 'project': {
      const place = await readPlace(parts.app, target.cycle, target.territory)
      if (!place) return false
      const home = talk.who.home ?? (await choose(parts, talk, place, payload))
      const there = { ...talk, who: { ...talk.who, home } }
      if (!(await parts.doors.project(there, target))) await menu(parts, there, greeting)
      return true
    }
    case 'card':
      return parts.doors.card(talk, target.code)
  }
}

/** The village becomes the person's own. `source`: the link that brought them. */
async function choose(parts: FeatureParts, talk: Talk, place: Place, source?: string): Promise<At> {
  const home = at(place)
  await rememberAccount(parts.app, talk.who.id, { home, ...(source?.startsWith('v_') ? { source } : {}) })
  return home
}

async function settle(
  parts: FeatureParts,
  talk: Talk,
  place: Place,
  greeting: boolean,
  source?: string,
): Promise<void> {
  await choose(parts, talk, place, source)
  showMenu(parts, talk, place, greeting)
}

async function menu(parts: FeatureParts, talk: Talk, greeting = false): Promise<void> {
  const { home } = talk.who
  let place = home && (await readPlace(parts.app, home.cycle, home.territory))
  if (place && isOutdated(place)) {
    place = await readPlace(parts.app, place.newest, place.territory)
    if (place) await choose(parts, talk, place)
  }
  if (place) return showMenu(parts, talk, place, greeting)
  talk.speak.show(view.villageScreen(talk.t, await listPlaces(parts.app), 0, false, greeting))
}

const showMenu = (parts: FeatureParts, { t, speak }: Talk, place: Place, greeting: boolean): void =>
  speak.show(view.menuScreen(t, place, parts.app.now().toISOString(), greeting))

async function menuAnew(parts: FeatureParts, talk: Talk): Promise<void> {
  await leave(parts, talk.who.id)
  await menu(parts, talk)
}

function askLanguage(parts: FeatureParts, { t, speak }: Talk): void {
  speak.show(view.languageScreen(t, parts.textsOf.languages, ''))
}

async function chooseLanguage(
  parts: FeatureParts,
  talk: Talk,
  input: { locale: string; payload: string },
): Promise<void> {
  const locale = parts.textsOf.known(input.locale)
  if (!locale) return outdated(talk)
  await rememberAccount(parts.app, talk.who.id, { locale })
  await arrive(parts, { ...talk, t: parts.textsOf(locale) }, input.payload, !talk.who.locale)
}

async function villages(parts: FeatureParts, { t, speak }: Talk, { page }: { page: number }): Promise<void> {
  speak.show(view.villageScreen(t, await listPlaces(parts.app), page))
}

async function chooseVillage(parts: FeatureParts, talk: Talk, input: At): Promise<void> {
  const place = await readPlace(parts.app, input.cycle, input.territory)
  if (!place || isOutdated(place)) return outdated(talk)
  await leave(parts, talk.who.id)
  await settle(parts, talk, place, !talk.who.home)
}

async function askNear(parts: FeatureParts, { t, who, speak }: Talk): Promise<void> {
  await expect(parts, who.id, { kind: 'village-near' })
  speak.show(askLocationScreen(t))
}

/** A shared location sorts the villages, whatever else was expected. */
async function nearest(
  parts: FeatureParts,
  { t, who, speak }: Talk,
  { location }: Message,
): Promise<boolean> {
  if (!location) return false
  await parts.session.expectNothing(who.id)
  const point = { lat: location.latitude, lon: location.longitude }
  speak.send({ text: t.html('start.location-taken'), keyboard: { remove_keyboard: true } })
  speak.show(view.villageScreen(t, await listPlaces(parts.app, point), 0, true))
  return true
}

function how(_: FeatureParts, { t, speak }: Talk): void {
  speak.show(view.howScreen(t))
}

async function desk(parts: FeatureParts, talk: Talk, input: At): Promise<void> {
  const place = await readPlace(parts.app, input.cycle, input.territory)
  if (!place) return outdated(talk)
  talk.speak.show(view.deskScreen(talk.t, place))
}
