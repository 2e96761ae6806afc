// Screens of the start: language, village, menu, how it works, desk.
import { hasClosed, isBefore, isPublished } from '../../core/cycle.ts'
import { GENERAL } from '../../core/pot.ts'
import { escapeHtml, type Language, type T } from '../../i18n.ts'
import type { NeedsAtHand } from '../../use-cases/answer-needs.ts'
import type { IdeasAtHand } from '../../use-cases/list-ideas.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { factsOf } from '../../use-cases/verify-account.ts'
import { adviceSentence, howSentences } from '../../words/how.ts'
import { topNeedsLines } from '../../words/need.ts'
import { listedPlace, placeLabel, placeLine, placeName } from '../../words/place.ts'
import { stageLine } from '../../words/stage.ts'
import { trialLines } from '../../words/trial.ts'
import { at } from '../at.ts'
import {
  arrivedButton,
  deskButton,
  pressureButton,
  easyButton,
  FOLLOW,
  followButton,
  IDEA,
  ideaButton,
  ideasButton,
  needsButton,
  listButton,
  ownIdeasButton,
  placeButton,
  noticesButton,
  privacyButton,
  resultsButton,
  supportsButton,
  toMenu,
  voteButton,
  worksButton,
} from '../buttons.ts'
import { button } from '../callback.ts'
import { type Button, press, primary, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'

export const languageButton = button('lg', { locale: 'word', payload: 'word' })
export const villagesButton = button('vl', { page: 'int' })
export const nearButton = button('vn', {})
export const howButton = button('hw', {})
export const howVoiceButton = button('hv', {})
export const askLanguageButton = button('al', {})

const VILLAGES_A_PAGE = 8

/** The first screen offers all languages there are. `payload`: where the link led. `back`: one was chosen before. */
export const languageScreen = (
  t: T,
  languages: readonly Language[],
  payload: string,
  back = false,
): Screen => ({
  text: t.html(back ? 'start.language' : 'start.hello'),
  buttons: [
    ...languages.map(({ locale, name }) => [press(name, languageButton.pack({ locale, payload }))]),
    ...(back ? [[toMenu(t)]] : []),
  ],
  other: { press: askLanguageButton.pack({}), note: 'common.press-below' },
})

/** `greeting`: the person is new here. `namesakes`: some villages share a name that was written; `nearly`: it is misspelt. `back`: there is a menu. */
export function villageScreen(
  t: T,
  places: readonly Place[],
  page: number,
  { sorted = false, greeting = false, namesakes = false, nearly = false, back = false } = {},
): Screen {
  const lines = greeting ? [t.html('start.welcome'), ''] : []
  if (places.length === 0)
    return {
      text: [...lines, t.html('start.no-places')].join('\n'),
      buttons: [[notListed(t)], [languageChoice(t)]],
    }
  const { at: shownPage, pages, shown } = pageOf(places, page, VILLAGES_A_PAGE)
  lines.push(
    t.html(nearly ? 'start.village-nearly' : namesakes ? 'start.village-namesakes' : 'start.village'),
  )
  if (sorted) lines.push(t.html('start.village-nearest'))
  if (pages > 1) lines.push(t.html('common.page', { page: shownPage + 1, pages }))
  return {
    text: [...lines, '', ...shown.map((place) => escapeHtml(listedPlace(t, place)))].join('\n'),
    buttons: [
      ...shown.map((place) => [press(placeLabel(t, place), placeButton.pack(at(place)))]),
      ...pager(t, shownPage, pages, (to) => villagesButton.pack({ page: to })),
      [press(t('start.near.button'), nearButton.pack({})), notListed(t)],
      [languageChoice(t), ...(back ? [toMenu(t)] : [])],
    ],
    other: {
      press: villagesButton.pack({ page: shownPage }),
      note: 'start.village-unknown',
      location: true,
      wordless: 'common.media',
    },
  }
}

/** To whom the bot is new: all of it, or (greeted one screen ago) the terms of this vote. */
export type Greeting = 'all' | 'terms' | undefined

/** The menu: stage, days left, money, and everything one can do. `works`: something is built there. */
export function menuScreen(
  t: T,
  place: Place,
  now: string,
  {
    greeting,
    ideas,
    needs,
    works = false,
  }: {
    greeting?: Greeting
    ideas?: IdeasAtHand | undefined
    needs?: NeedsAtHand | undefined
    works?: boolean
  } = {},
): Screen {
  const { cycle } = place
  const here = at(place)
  const lines = [
    ...(greeting === 'all' ? [t.html('start.welcome')] : []),
    ...(greeting ? [adviceSentence(t, cycle.profile), ''] : []),
    ...trialLines(t, place),
    `<b>${escapeHtml(placeName(t, place))}</b>`,
    stageLine(t, cycle, now),
    place.projects > 0
      ? t.html('start.list-and-budget', { count: place.projects, sum: t.money(place.budget, cycle.currency) })
      : t.html('start.no-projects', { sum: t.money(place.budget, cycle.currency) }),
    ...(ideas?.collecting ? topNeedsLines(t, needs?.top ?? []) : []),
    '',
    t.html('start.free'),
    ...(greeting
      ? [t.html(factsOf(cycle.method).needsPhones ? 'start.privacy-contact' : 'start.privacy')]
      : []),
  ]
  return {
    text: lines.join('\n'),
    buttons: [
      ...needsAct(t, place, needs),
      ...(ideas ? ideaActs(t, place, ideas) : []),
      [primary(t('start.projects.button'), listButton.pack({ ...here, page: 0, category: 0 }))],
      ...mainAct(t, place, works),
      [press(t('start.arrived.button'), arrivedButton.pack(here))],
      [
        press(t('start.how.button'), howButton.pack({})),
        press(t('start.desk.button'), deskButton.pack(here)),
      ],
      [press(t('start.change-village.button'), villagesButton.pack({ page: 0 })), languageChoice(t)],
    ],
  }
}

/** To say what the village needs, while it is asked; what came of it, once that is published. */
function needsAct(t: T, place: Place, needs: NeedsAtHand | undefined): Button[][] {
  const here = needsButton.pack(at(place))
  if (needs?.asking) return [[primary(t('consult.ask.button'), here)]]
  return needs?.published ? [[press(t('consult.result.button'), here)]] : []
}

/** To support, to propose, or to go on with what was begun; what others proposed; and what was sent. */
const ideaActs = (t: T, place: Place, { collecting, supporting, open, sent }: IdeasAtHand): Button[][] => [
  ...(supporting
    ? [[primary(t('ideas.supports.button'), supportsButton.pack({ ...at(place), page: 0 }))]]
    : []),
  ...(open || collecting
    ? [[primary(t(open ? 'ideas.continue.button' : 'ideas.submit.button'), ideaButton.pack(IDEA))]]
    : []),
  [press(t('ideas.others.button'), ideasButton.pack({ ...at(place), page: 0 }))],
  ...(sent ? [[press(t('ideas.mine.button'), ownIdeasButton.pack({ page: 0 }))]] : []),
]

/**
 * To vote, where there is something to vote on and it is not over; the results, once they are out, and what is built. Before voting
 * nobody votes: one may see to the right to vote, and then it is not the main thing to do.
 */
function mainAct(t: T, place: Place, works: boolean): Button[][] {
  const here = at(place)
  const { phase } = place.cycle
  if (isPublished(phase))
    return [
      [primary(t('start.results.button'), resultsButton.pack({ ...here, pot: GENERAL }))],
      ...(works ? [[press(t('works.menu.button'), worksButton.pack({ ...here, page: 0 }))]] : []),
    ]
  if (isBefore(phase, 'voting')) return [[press(t('start.prepare.button'), voteButton.pack(here))]]
  const over = hasClosed(place.cycle) || place.projects === 0
  return over ? [] : [[primary(t('start.vote.button'), voteButton.pack(here))]]
}

/** No cycle for one's village: to be told when one starts. */
const notListed = (t: T): Button => press(t('follow.not-listed.button'), followButton.pack(FOLLOW))
const languageChoice = (t: T): Button => press(t('start.language.button'), askLanguageButton.pack({}))

/** How it works, by what this vote is; `place`: the person's village, once there is one. `voice`: it can be listened to. */
export function howScreen(t: T, place: Place | undefined, voice = false): Screen {
  const steps = howSentences(t, place?.cycle).map((step, index) => `${index + 1}. ${step}`)
  return {
    text: [
      [...(place ? trialLines(t, place) : []), t.html('start.how'), ...steps].join('\n'),
      t.html('start.free'),
      t.html('vote.few-people'),
    ].join('\n\n'),
    buttons: [
      ...(voice ? [[press(t('start.how-voice.button'), howVoiceButton.pack({}))]] : []),
      [press(t('start.easy.button'), easyButton.pack({}))],
      [press(t('start.notices.button'), noticesButton.pack({}))],
      [press(t('start.privacy.button'), privacyButton.pack({}))],
      ...(place ? [reportRow(t, place)] : []),
      [toMenu(t)],
    ],
  }
}

/** To the auditors, past the akimat. */
const reportRow = (t: T, place: Place): Button[] => [
  press(t('signals.report.button'), pressureButton.pack(at(place))),
]

export function deskScreen(t: T, place: Place): Screen {
  const { desk } = place
  const text =
    desk.place && desk.hours && desk.phone
      ? t.html('start.desk', {
          village: placeLine(t, place),
          place: t.of(desk.place),
          hours: desk.hours,
          phone: desk.phone,
        })
      : t.html('start.desk-none')
  return { text: [...trialLines(t, place), text].join('\n'), buttons: [reportRow(t, place), [toMenu(t)]] }
}
