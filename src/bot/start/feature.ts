// Start: language, village, menu. A link may preset the village, a project or a card.
import type { Message } from 'grammy/types'
import { z } from 'zod'
import { needsAtHand } from '../../use-cases/answer-needs.ts'
import { ideasAtHand } from '../../use-cases/list-ideas.ts'
import { listPlaces, listPracticePlaces, type Place } from '../../use-cases/list-places.ts'
import { keepSealed, openSealed } from '../../use-cases/keep-sealed.ts'
import { isOutdated, readPlace } from '../../use-cases/read-place.ts'
import { hasWorks } from '../../use-cases/read-works.ts'
import { rememberAccount } from '../../use-cases/remember-account.ts'
import { askLocationScreen, locationAgain } from '../ask.ts'
import { type At, at } from '../at.ts'
import { deskButton, menuButton, placeButton } from '../buttons.ts'
import { commandAddress } from '../drawn-again.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { type InView, pressMeant, readInView, viewOf } from '../seen.ts'
import type { Screen } from '../message.ts'
import { once } from '../once.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { readPayload, sourceOf, type Target } from '../payload.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import { isMenuWord } from '../words-meant.ts'
import { languageNamed, payloadOf } from './first-word.ts'
import { how, howVoice } from './how.ts'
import { placesNamed, placesNearly } from './named.ts'
import * as view from './view.ts'

/** In place of a card's link in a button. */
const KEPT_LINK = 'c'
/** In place of a link that was damaged on its way: what is left of a code stands in no button either. */
const DAMAGED_LINK = 'c_0'
const LINK_SECONDS = 3600
const linkNote = (account: number): string => `link:${account}`

export function startFeature(parts: FeatureParts) {
  const on = listener(parts)

  on.command('start', start)
  on.command('menu', menuAnew)
  on.command('language', askLanguage)
  on.command('help', howIt)
  on.button(view.languageButton, chooseLanguage)
  on.shows(view.askLanguageButton, askLanguage)
  on.shows(menuButton, menuAnew)
  on.shows(view.villagesButton, villages)
  on.shows(placeButton, chooseVillage)
  on.shows(view.nearButton, askNear)
  on.shows(view.howButton, howIt)
  on.shows(view.howVoiceButton, howVoice)
  on.shows(deskButton, desk)
  return {
    composer: on.composer,
    opens: {
      menu: (talk) => menu(parts, talk),
      menuPress: async (talk, words) => pressMeant(viewOf(await menuOf(parts, talk)), words),
      greet: (talk, message) => greet(parts, talk, message),
    },
    expects: {
      'village-near': {
        take: async (talk, _, message) => (await nearest(parts, talk, message)) || locationAgain(talk),
      },
    },
    recognises: (talk, message) => recognises(parts, talk, message),
  } satisfies Feature
}

async function start(parts: FeatureParts, talk: Talk, rest: string): Promise<void> {
  await leave(parts, talk.who.id)
  const payload = /^[\w-]{1,64}$/.test(rest) ? rest : ''
  if (!talk.who.locale) return welcome(parts, talk, payload)
  await arrive(parts, talk, payload, undefined)
}

async function welcome(parts: FeatureParts, { t, who, speak }: Talk, payload: string): Promise<void> {
  const kept = await keepLink(parts, who.id, payload)
  speak.show(view.languageScreen(t, parts.textsOf.languages, kept, who.locale !== undefined))
}

async function greet(parts: FeatureParts, talk: Talk, message: Message): Promise<void> {
  const locale = message.text === undefined ? undefined : languageNamed(parts, message.text)
  if (locale) return chooseLanguage(parts, talk, { locale, payload: '' })
  await welcome(parts, talk, await payloadOf(parts, message))
}

/** What the language buttons carry of a link, and of one that leads nowhere its name: it may be what brought somebody. A card's code stands in no button: it waits, sealed, in the session store. */
async function keepLink({ app, session }: FeatureParts, account: number, payload: string): Promise<string> {
  const target = readPayload(payload)
  if (target?.kind === 'damaged-card') return DAMAGED_LINK
  if (target?.kind !== 'card' && target?.kind !== 'receipt')
    return target ? payload : (sourceOf(payload) ?? '')
  await session.setNote(linkNote(account), { card: keepSealed(app, account, payload) }, LINK_SECONDS)
  return KEPT_LINK
}

/** The link of a card that waited; undefined when it is no longer kept. */
async function keptLink({ app, session }: FeatureParts, account: number): Promise<string | undefined> {
  const note = z.object({ card: z.string() }).safeParse(await session.note(linkNote(account)))
  return note.success ? openSealed(app, account, note.data.card) : undefined
}

/** Goes where the link led; a payload that leads nowhere falls back to the menu. */
async function arrive(
  parts: FeatureParts,
  talk: Talk,
  payload: string,
  greeting: view.Greeting,
): Promise<void> {
  const target = readPayload(payload)
  if (target && (await arrived(parts, talk, target, greeting))) return
  await menu(parts, talk, greeting)
}

async function arrived(
  parts: FeatureParts,
  talk: Talk,
  target: Target,
  greeting: view.Greeting,
): Promise<boolean> {
  switch (target.kind) {
    case 'village': {
      const here = (one: Place) => one.territory === target.territory
      const place =
        (await listPlaces(parts.app)).find(here) ?? (await listPracticePlaces(parts.app)).find(here)
      if (place) await settle(parts, talk, place, greeting)
      return place !== undefined
    }
    case 'project': {
      const place = await readPlace(parts.app, target.cycle, target.territory)
      if (!place) return false
      const home = talk.who.home ?? (await choose(parts, talk, place))
      const there = { ...talk, who: { ...talk.who, home } }
      if (!(await parts.doors.project(there, target))) await menu(parts, there, greeting)
      return true
    }
    case 'card':
      return parts.doors.card(talk, target.code)
    case 'damaged-card':
      await menu(parts, noted(talk, talk.t.html('start.card-damaged')), greeting)
      return true
    case 'moderate':
      await parts.doors.moderate(talk, target)
      return true
    case 'receipt':
      await parts.doors.receipt(talk, target.number)
      return true
  }
}

/** The village becomes the person's own. */
async function choose(parts: FeatureParts, talk: Talk, place: Place): Promise<At> {
  const home = at(place)
  await rememberAccount(parts.app, talk.who.id, { home })
  return home
}

async function settle(parts: FeatureParts, talk: Talk, place: Place, greeting: view.Greeting): Promise<void> {
  await choose(parts, talk, place)
  talk.speak.show(await menuAt(parts, talk, place, greeting))
}

async function menu(parts: FeatureParts, talk: Talk, greeting?: view.Greeting): Promise<void> {
  talk.speak.show(await menuOf(parts, talk, greeting))
}

async function menuOf(parts: FeatureParts, talk: Talk, greeting?: view.Greeting): Promise<Screen> {
  const { home } = talk.who
  let place = home && (await readPlace(parts.app, home.cycle, home.territory))
  if (place && isOutdated(place)) {
    place = await readPlace(parts.app, place.newest, place.territory)
    if (place) await choose(parts, talk, place)
  }
  return place
    ? menuAt(parts, talk, place, greeting)
    : view.villageScreen(talk.t, await listPlaces(parts.app), 0, { greeting: greeting === 'all' })
}

async function menuAt(
  { app }: FeatureParts,
  { t, who }: Talk,
  place: Place,
  greeting: view.Greeting,
): Promise<Screen> {
  const [ideas, needs, works] = await Promise.all([
    ideasAtHand(app, who.id, place.cycle),
    needsAtHand(app, place),
    hasWorks(app, place),
  ])
  return view.menuScreen(t, place, app.now().toISOString(), { greeting, ideas, needs, works })
}

async function menuAnew(parts: FeatureParts, talk: Talk): Promise<void> {
  await leave(parts, talk.who.id)
  if (!talk.who.known) return welcome(parts, talk, '')
  await menu(parts, talk)
}

const askLanguage = (parts: FeatureParts, talk: Talk): Promise<void> => welcome(parts, talk, '')

async function chooseLanguage(
  parts: FeatureParts,
  talk: Talk,
  input: { locale: string; payload: string },
): Promise<void> {
  const locale = parts.textsOf.known(input.locale)
  if (!locale) return outdated(talk)
  talk.speak.drawnBy(commandAddress('start', input.payload))
  const spoken = { ...talk, t: parts.textsOf(locale) }
  const source = sourceOf(input.payload)
  await rememberAccount(parts.app, talk.who.id, { locale, ...(source !== undefined && { source }) })
  const payload = input.payload === KEPT_LINK ? await keptLink(parts, talk.who.id) : input.payload
  if (payload === undefined) spoken.speak.send({ text: spoken.t.html('verify.claim-gone') })
  await arrive(parts, spoken, payload ?? '', talk.who.locale ? undefined : 'all')
}

async function villages(
  parts: FeatureParts,
  { t, who, speak }: Talk,
  { page }: { page: number },
): Promise<void> {
  speak.show(view.villageScreen(t, await listPlaces(parts.app), page, { back: who.home !== undefined }))
}

async function chooseVillage(parts: FeatureParts, talk: Talk, input: At): Promise<void> {
  const place = await readPlace(parts.app, input.cycle, input.territory)
  if (!place || isOutdated(place)) return outdated(talk)
  await leave(parts, talk.who.id)
  await settle(parts, talk, place, talk.who.home ? undefined : 'terms')
}

async function askNear(parts: FeatureParts, talk: Talk): Promise<void> {
  await once(parts, talk, 'village-near', async () => {
    await expect(parts, talk.who.id, { kind: 'village-near' })
    talk.speak.show(askLocationScreen(talk.t))
  })
}

/** The name of a village where one is chosen, a location there, and the words that begin everything. */
async function recognises(parts: FeatureParts, talk: Talk, message: Message): Promise<boolean> {
  const { who, t, speak } = talk
  const { text, location } = message
  if (isMenuWord(parts.textsOf, text)) {
    await menuAnew(parts, talk)
    return true
  }
  if (who.home && !isChoosing(await readInView(parts.session, who.id))) return false
  if (location) return nearest(parts, talk, message)
  if (text === undefined) return false
  const places = await listPlaces(parts.app)
  const found = placesNamed(places, text)
  const [place] = found
  if (!place) return askNearly(talk, placesNearly(places, text))
  if (found.length === 1) await chooseVillage(parts, talk, at(place))
  else speak.show(view.villageScreen(t, found, 0, { namesakes: true, back: who.home !== undefined }))
  return true
}

/** A misspelt name is asked about: a village is never chosen by a guess. */
function askNearly({ who, t, speak }: Talk, places: readonly Place[]): boolean {
  if (places.length > 0)
    speak.show(view.villageScreen(t, places, 0, { nearly: true, back: who.home !== undefined }))
  return places.length > 0
}

/** The choice of a village is before them. */
const isChoosing = (seen: InView | undefined): boolean =>
  seen?.other !== undefined && view.villagesButton.pattern.test(seen.other.press)

/** A shared location sorts the villages. */
async function nearest(
  parts: FeatureParts,
  { t, who, speak }: Talk,
  { location }: Message,
): Promise<boolean> {
  if (!location) return false
  await parts.session.expectNothing(who.id)
  const point = { lat: location.latitude, lon: location.longitude }
  speak.drawnBy(view.villagesButton.pack({ page: 0 }))
  speak.show(
    view.villageScreen(t, await listPlaces(parts.app, point), 0, {
      sorted: true,
      back: who.home !== undefined,
    }),
  )
  return true
}

const howIt = (parts: FeatureParts, talk: Talk): Promise<void> =>
  talk.who.known ? how(parts, talk) : welcome(parts, talk, '')

async function desk(parts: FeatureParts, talk: Talk, input: At): Promise<void> {
  const place = await readPlace(parts.app, input.cycle, input.territory)
  if (!place) return outdated(talk)
  talk.speak.show(view.deskScreen(talk.t, place))
}
