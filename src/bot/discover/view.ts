// Screens of the list: pages, filter, search, near me; and the card of a project.
import { PROFILES } from '../../core/cycle.ts'
import { graphemeCut } from '../../core/text.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { ListedProjects, Project } from '../../use-cases/list-projects.ts'
import { categoryName } from '../../words/category.ts'
import { placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { AT, at } from '../at.ts'
import { cardButton, listButton, toMenu, voteButton } from '../buttons.ts'
import { button } from '../callback.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'
import { projectPayload } from '../payload.ts'

export const filterButton = button('df', AT)
export const searchButton = button('ds', AT)
export const nearButton = button('dn', AT)
export const mapButton = button('dm', { ...AT, number: 'int' })
export const photoButton = button('dp', { ...AT, number: 'int' })
export const voiceButton = button('dv', { ...AT, number: 'int' })
/** What a search found, once more. */
export const foundButton = button('dw', { ...AT, words: 'text' })

/** The list that a card was opened from. `category` as in `listScreen`; with `words` it is what a search found. */
export interface Origin {
  page: number
  category: number
  words: string
}
/** The whole list, from its beginning. */
export const WHOLE: Origin = { page: 0, category: 0, words: '' }

const PAGE = 6
/** A search has no pages: so many are shown. */
const FOUND = 12
/** Titles in a list of lines. */
const TITLE = 160

const projectLabel = (t: T, project: Project): string =>
  cutLabel(t('discover.project.button', { number: project.number, title: t.of(project.title) }))

/** One page of the list. `category`: 0 = all, else the place in `categories` plus 1. */
export function listScreen(t: T, list: ListedProjects, page: number, category: number, words = ''): Screen {
  const { place } = list
  const here = at(place)
  const size = words ? FOUND : PAGE
  const of = pageOf(list.projects, words ? 0 : page, size)
  const { shown } = of
  const pages = words ? 1 : of.pages
  const total = list.projects.length
  const head = [
    ...trialLines(t, place),
    t.html('discover.title', {
      village: placeName(t, place),
      sum: t.money(place.budget, place.cycle.currency),
    }),
    ...(words ? [t.html('discover.found', { words })] : []),
    ...(total > shown.length && words ? [t.html('discover.found-more', { total, shown: shown.length })] : []),
    ...(category > 0
      ? [t.html('discover.category', { category: categoryName(t, list.categories[category - 1] ?? '') })]
      : []),
  ]
  if (shown.length === 0) {
    head.push('', t.html(words || category > 0 ? 'discover.nothing-found' : 'discover.empty'))
    const all = press(t('discover.all.button'), listButton.pack({ ...here, page: 0, category: 0 }))
    return { text: head.join('\n'), buttons: [words || category > 0 ? [all, toMenu(t)] : [toMenu(t)]] }
  }
  const lines = shown.map((project) => lineOf(t, place, project))
  const foot = [
    ...(pages > 1 ? [t.html('common.page', { page: of.at + 1, pages })] : []),
    t.html('discover.order'),
  ]
  return {
    text: [...head, '', ...lines, '', ...foot].join('\n'),
    buttons: [
      ...shown.map((project) => [
        press(
          projectLabel(t, project),
          cardButton.pack({ ...here, number: project.number, page: of.at, category, words }),
        ),
      ]),
      ...pager(t, of.at, pages, (to) => listButton.pack({ ...here, page: to, category })),
      [
        press(t('discover.filter.button'), filterButton.pack(here)),
        press(t('discover.search.button'), searchButton.pack(here)),
        press(t('start.near.button'), nearButton.pack(here)),
      ],
      [...voteOf(t, place), toMenu(t)],
    ],
  }
}

const voteOf = (t: T, place: Place): Button[] =>
  place.cycle.phase === 'voting' ? [primary(t('start.vote.button'), voteButton.pack(at(place)))] : []

function lineOf(t: T, place: Place, project: ListedProjects['projects'][number]): string {
  const facts = {
    number: project.number,
    title: graphemeCut(t.of(project.title), TITLE),
    sum: t.money(project.cost, place.cycle.currency),
  }
  return project.km === undefined
    ? t.html('discover.line', facts)
    : t.html('discover.line-near', { ...facts, km: t.number(Math.round(project.km * 10) / 10) })
}

/** The nearest projects, with their distance. */
export function nearScreen(t: T, list: ListedProjects): Screen {
  const { place } = list
  const here = at(place)
  const shown = list.projects.slice(0, PAGE)
  const back = press(t('discover.list.button'), listButton.pack({ ...here, page: 0, category: 0 }))
  if (shown.length === 0) return { text: t.html('discover.nothing-near'), buttons: [[back]] }
  return {
    text: [`<b>${t.html('discover.near')}</b>`, ...shown.map((project) => lineOf(t, place, project))].join(
      '\n',
    ),
    buttons: [
      ...shown.map((project) => [
        press(projectLabel(t, project), cardButton.pack({ ...here, number: project.number, ...WHOLE })),
      ]),
      [back],
    ],
  }
}

export function filterScreen(t: T, list: ListedProjects): Screen {
  const here = { ...at(list.place), page: 0 }
  return {
    text: t.html('discover.filter-ask'),
    buttons: [
      [press(t('discover.all.button'), listButton.pack({ ...here, category: 0 }))],
      ...list.categories
        .slice(0, 40)
        .map((category, index) => [
          press(cutLabel(categoryName(t, category)), listButton.pack({ ...here, category: index + 1 })),
        ]),
    ],
  }
}

/** The card of a project. `from`: where "to the list" goes back to. */
export function cardScreen(t: T, place: Place, project: Project, from: Origin, link: string): Screen {
  const here = at(place)
  const one = { ...here, number: project.number }
  const currency = place.cycle.currency
  const sum = t.money(project.cost, currency)
  const share = Math.round((project.cost * 100) / place.budget)
  const lines = [
    ...trialLines(t, place),
    t.html('discover.card', { number: project.number, title: t.of(project.title) }),
    ...(project.summary ? ['', escapeHtml(graphemeCut(t.of(project.summary), 2500))] : []),
    '',
    t.html('discover.category', { category: categoryName(t, project.category) }),
    project.cost > place.budget
      ? t.html('discover.too-dear', { sum, budget: t.money(place.budget, currency) })
      : t.html('discover.cost', { sum, share: t.number(share) }),
    t.html('discover.place', { place: project.place ? t.of(project.place) : placeName(t, place) }),
    ...(project.withdrawn ? [t.html('discover.withdrawn')] : []),
  ]
  const { words, page, category } = from
  const back = words ? foundButton.pack({ ...here, words }) : listButton.pack({ ...here, page, category })
  const extra: Button[] = []
  if (project.photo) extra.push(press(t('discover.photo.button'), photoButton.pack(one)))
  if (project.voice) extra.push(press(t('discover.voice.button'), voiceButton.pack(one)))
  if (project.lat !== null && project.lon !== null)
    extra.push(press(t('discover.map.button'), mapButton.pack(one)))
  const shareButton = {
    text: t('discover.share.button'),
    switch_inline_query: projectPayload(one),
  }
  return {
    text: [...lines, '', link].join('\n'),
    buttons: [
      ...(extra.length > 0 ? [extra] : []),
      [shareButton, press(t('discover.list.button'), back)],
      [...voteOf(t, place), toMenu(t)],
    ],
  }
}

/** The plain text that a shared project is: it must forward well, to other messengers too. */
export const shareText = (t: T, place: Place, project: Project, link: string): string =>
  [
    ...(PROFILES[place.cycle.profile].rehearsal ? [t('common.practice')] : []),
    t('discover.share', {
      title: t.of(project.title),
      village: placeName(t, place),
      sum: t.money(project.cost, place.cycle.currency),
      link,
    }),
  ].join('\n')
