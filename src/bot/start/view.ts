// Screens of the start: language, village, menu, how it works, desk.
import { isPublished, PROFILES } from '../../core/cycle.ts'
import { GENERAL } from '../../core/pot.ts'
import { escapeHtml, type Language, type T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { factsOf } from '../../use-cases/verify-account.ts'
import { placeName } from '../../words/place.ts'
import { stageLine } from '../../words/stage.ts'
import { trialLines } from '../../words/trial.ts'
import { at } from '../at.ts'
import {
  arrivedButton,
  deskButton,
  FOLLOW,
  followButton,
  listButton,
  placeButton,
  resultsButton,
  toMenu,
  voteButton,
} from '../buttons.ts'
import { button } from '../callback.ts'
import { type Button, press, primary, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'

export const languageButton = button('lg', { locale: 'word', payload: 'word' })
export const villagesButton = button('vl', { page: 'int' })
export const nearButton = button('vn', {})
export const howButton = button('hw', {})
export const askLanguageButton = button('al', {})

const VILLAGES_A_PAGE = 8

/** The first screen offers all languages there are. `payload`: where the link led. */
export const languageScreen = (t: T, languages: readonly Language[], payload: string): Screen => ({
  text: t.html('start.language'),
  buttons: languages.map(({ locale, name }) => [press(name, languageButton.pack({ locale, payload }))]),
})

/** `greeting`: the person is new here. */
export function villageScreen(
  t: T,
  places: readonly Place[],
  page: number,
  sorted = false,
  greeting = false,
): Screen {
  if (places.length === 0)
    return { text: t.html('start.no-places'), buttons: [[notListed(t)], [languageChoice(t)]] }
  const { at: shownPage, pages, shown } = pageOf(places, page, VILLAGES_A_PAGE)
  const lines = greeting ? [t.html('start.welcome'), ''] : []
  lines.push(t.html('start.village'))
  if (sorted) lines.push(t.html('start.village-nearest'))
  if (pages > 1) lines.push(t.html('common.page', { page: shownPage + 1, pages }))
  return {
    text: lines.join('\n'),
    buttons: [
      ...shown.map((place) => [press(placeName(t, place), placeButton.pack(at(place)))]),
      ...pager(t, shownPage, pages, (to) => villagesButton.pack({ page: to })),
      [press(t('start.near.button'), nearButton.pack({})), notListed(t)],
    ],
  }
}

/** The menu: stage, days left, money, and everything one can do. `greeting`: shown for the first time. */
export function menuScreen(t: T, place: Place, now: string, greeting = false): Screen {
  const { cycle } = place
  const here = at(place)
  const advisory = !PROFILES[cycle.profile].binding
  const lines = [
    ...(greeting ? [t.html(advisory ? 'start.welcome-advisory' : 'start.welcome'), ''] : []),
    ...trialLines(t, place),
    `<b>${escapeHtml(placeName(t, place))}</b>`,
    stageLine(t, cycle, now),
    place.projects > 0
      ? t.html('start.list-and-budget', { count: place.projects, sum: t.money(place.budget, cycle.currency) })
      : t.html('start.no-projects', { sum: t.money(place.budget, cycle.currency) }),
    '',
    t.html('start.free'),
    ...(greeting
      ? [t.html(factsOf(cycle.method).needsPhones ? 'start.privacy-contact' : 'start.privacy')]
      : []),
  ]
  const published = isPublished(cycle.phase)
  return {
    text: lines.join('\n'),
    buttons: [
      [primary(t('start.projects.button'), listButton.pack({ ...here, page: 0, category: 0 }))],
      published
        ? [primary(t('start.results.button'), resultsButton.pack({ ...here, pot: GENERAL }))]
        : [primary(t('start.vote.button'), voteButton.pack(here))],
      [press(t('start.arrived.button'), arrivedButton.pack(here))],
      [
        press(t('start.how.button'), howButton.pack({})),
        press(t('start.desk.button'), deskButton.pack(here)),
      ],
      [press(t('start.change-village.button'), villagesButton.pack({ page: 0 })), languageChoice(t)],
    ],
  }
}

/** No cycle for one's village: to be told when one starts. */
const notListed = (t: T): Button => press(t('follow.not-listed.button'), followButton.pack(FOLLOW))
const languageChoice = (t: T): Button => press(t('start.language.button'), askLanguageButton.pack({}))

export const howScreen = (t: T): Screen => ({
  text: [t.html('start.how'), t.html('start.free'), t.html('vote.few-people')].join('\n\n'),
  buttons: [[toMenu(t)]],
})

export function deskScreen(t: T, place: Place): Screen {
  const { desk } = place
  const text =
    desk.place && desk.hours && desk.phone
      ? t.html('start.desk', {
          village: placeName(t, place),
          place: t.of(desk.place),
          hours: desk.hours,
          phone: desk.phone,
        })
      : t.html('start.desk-none')
  return { text, buttons: [[toMenu(t)]] }
}
