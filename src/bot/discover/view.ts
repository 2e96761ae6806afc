// Screens of the list: pages, filter, search, near me; and the card of a project.
import { pointOf } from '../../core/geo.ts'
import { graphemeCut } from '../../core/text.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { Around } from '../../use-cases/follow-project.ts'
import type { Filter, ListedProjects, Project } from '../../use-cases/list-projects.ts'
import type { FoundProject } from '../../use-cases/read-project.ts'
import { categoryName } from '../../words/category.ts'
import { markName, marksLine } from '../../words/marks.ts'
import { projectPayload } from '../../words/links.ts'
import { placeName } from '../../words/place.ts'
import { budgetFor, hasPots, potName, potToSay, withPot } from '../../words/pot.ts'
import { pairLine } from '../../words/question.ts'
import { trialLines, trialNotes } from '../../words/trial.ts'
import { AT, type At, at } from '../at.ts'
import { answersButton, cardButton, listButton, questionButton, toMenu, voteButton } from '../buttons.ts'
import { button } from '../callback.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'
import { rowOf, TITLE } from './row.ts'

export const filterButton = button('df', AT)
export const searchButton = button('ds', AT)
export const nearButton = button('dn', AT)
export const mapButton = button('dm', { ...AT, number: 'int' })
export const photoButton = button('dp', { ...AT, number: 'int' })
export const voiceButton = button('dv', { ...AT, number: 'int' })
/** `on`: 1 to hear of the project from now on, 0 no more. */
export const followProjectButton = button('dg', {
  ...AT,
  number: 'int',
  page: 'int',
  category: 'int',
  on: 'int',
})
/** What a search found, once more. */
export const foundButton = button('dw', { ...AT, page: 'int', words: 'text' })

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
/** Title and summary of a card leave room for the rest of a message. */
const CARD_TITLE = 700

/** One page of the list. `category`: 0 = all, else the place in `filters` plus 1. */
export function listScreen(t: T, list: ListedProjects, page: number, category: number, words = ''): Screen {
  const { place } = list
  const here = at(place)
  const size = words ? FOUND : PAGE
  const of = pageOf(list.projects, words ? 0 : page, size)
  const { shown } = of
  const pages = words ? 1 : of.pages
  const total = list.projects.length
  const filter = list.filters[category - 1]
  const head = [
    ...trialLines(t, place),
    t.html('discover.title', {
      village: placeName(t, place),
      sum: t.money(place.budget, place.cycle.currency),
    }),
    ...potLines(t, place),
    ...(words ? [t.html('discover.found', { words })] : []),
    ...(total > shown.length && words ? [t.html('discover.found-more', { total, shown: shown.length })] : []),
    ...(filter ? [filterLine(t, filter)] : []),
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
          rowOf(t, place, project).label,
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

export const voteOf = (t: T, place: Place): Button[] =>
  place.cycle.phase === 'voting' && place.projects > 0
    ? [primary(t('start.vote.button'), voteButton.pack(at(place)))]
    : []

/** The money of each pot, where there are several. HTML. */
export const potLines = (t: T, place: Place): string[] =>
  hasPots(place)
    ? place.pots.map((pot) =>
        t.html('discover.pot', { pot: potName(t, pot), sum: t.money(pot.budget, place.cycle.currency) }),
      )
    : []

function lineOf(t: T, place: Place, project: ListedProjects['projects'][number]): string {
  const { title, sum } = rowOf(t, place, project)
  const facts = { number: project.number, title, sum }
  return project.km === undefined
    ? withPot(t, t.html('discover.line', facts), place, project.pot, escapeHtml)
    : t.html('discover.line-near', { ...facts, km: t.number(Math.round(project.km * 10) / 10) })
}

/** Asks for words to search for. */
export const searchScreen = (t: T, where: At): Screen => ({
  text: t.html('discover.search-ask'),
  buttons: [
    [press(t('discover.list.button'), listButton.pack({ ...where, page: 0, category: 0 })), toMenu(t)],
  ],
})

/** The nearest projects, with their distance. `most`: so many are shown. */
export function nearScreen(t: T, list: ListedProjects, most = PAGE): Screen {
  const { place } = list
  const here = at(place)
  const shown = list.projects.slice(0, most)
  const back = press(t('discover.list.button'), listButton.pack({ ...here, page: 0, category: 0 }))
  const text = (lines: readonly string[]) => [...trialLines(t, place), ...lines].join('\n')
  if (shown.length === 0)
    return { text: text([t.html('discover.nothing-near')]), buttons: [[back], [toMenu(t)]] }
  const more = list.projects.length - shown.length
  return {
    text: text([
      `<b>${t.html('discover.near')}</b>`,
      ...shown.map((project) => lineOf(t, place, project)),
      ...(more > 0 ? [t.html('discover.near-more', { more })] : []),
    ]),
    buttons: [
      ...shown.map((project) => [
        press(rowOf(t, place, project).label, cardButton.pack({ ...here, number: project.number, ...WHOLE })),
      ]),
      [back],
      [...voteOf(t, place), toMenu(t)],
    ],
  }
}

const MOST_FILTERS = 40

/** A label. */
function filterName(t: T, filter: Filter): string {
  if (filter.kind === 'category') return categoryName(t, filter.category)
  return filter.kind === 'pot'
    ? t('discover.filter-pot', { pot: potName(t, filter.pot) })
    : t('discover.filter-mark', { mark: markName(t, filter.mark) })
}

/** HTML: what the list is narrowed to. */
export const filterLine = (t: T, filter: Filter): string =>
  filter.kind === 'category'
    ? t.html('discover.category', { category: categoryName(t, filter.category) })
    : escapeHtml(filterName(t, filter))

export function filterScreen(t: T, list: ListedProjects): Screen {
  const here = { ...at(list.place), page: 0 }
  return {
    text: [...trialLines(t, list.place), t.html('discover.filter-ask')].join('\n'),
    buttons: [
      [press(t('discover.all.button'), listButton.pack({ ...here, category: 0 }))],
      ...list.filters
        .slice(0, MOST_FILTERS)
        .map((filter, index) => [
          press(cutLabel(filterName(t, filter)), listButton.pack({ ...here, category: index + 1 })),
        ]),
      [toMenu(t)],
    ],
  }
}

/** A project, whole: title, what it is, kind, cost, place. */
export function projectLines(t: T, place: Place, project: Project): string[] {
  const currency = place.cycle.currency
  const sum = t.money(project.cost, currency)
  const budget = budgetFor(place, project)
  const share = Math.round((project.cost * 100) / budget)
  const pot = potToSay(place, project.pot)
  const marks = marksLine(t, project)
  return [
    t.html('discover.card', { number: project.number, title: graphemeCut(t.of(project.title), CARD_TITLE) }),
    ...(project.summary ? ['', escapeHtml(graphemeCut(t.of(project.summary), 2500))] : []),
    '',
    t.html('discover.category', { category: categoryName(t, project.category) }),
    ...(marks === '' ? [] : [t.html('discover.marks', { marks })]),
    ...(pot ? [t.html('discover.pot', { pot: potName(t, pot), sum: t.money(budget, currency) })] : []),
    project.cost > budget
      ? t.html('discover.too-dear', { sum, budget: t.money(budget, currency) })
      : t.html('discover.cost', { sum, share: t.number(share) }),
    t.html('discover.place', {
      place: project.place ? graphemeCut(t.of(project.place), TITLE) : placeName(t, place),
    }),
    ...(project.withdrawn ? [t.html('discover.withdrawn')] : []),
  ]
}

/** Letters of a question and of its answer, where others stand beside them. */
const CUT = 200

/** To ask, to hear of it, and the newest answer with the way to the others. */
function aroundOf(t: T, one: At & { number: number }, { page, category }: Origin, around: Around) {
  const { answered, followed } = around
  const [newest] = answered
  const follow = followProjectButton.pack({ ...one, page, category, on: followed ? 0 : 1 })
  const rows: Button[][] = [
    [
      press(t('questions.ask.button'), questionButton.pack(one)),
      press(t(followed ? 'questions.unfollow.button' : 'questions.follow.button'), follow),
    ],
  ]
  if (!newest) return { lines: [], rows }
  const all = t('questions.answers.button', { number: answered.length })
  rows.push([press(all, answersButton.pack({ ...one, page: 0 }))])
  return { lines: ['', pairLine(t, newest, CUT)], rows }
}

/** The card of a project. `from`: where "to the list" goes back to. `note`: HTML, on top. */
export function cardScreen(
  t: T,
  { place, project }: FoundProject,
  from: Origin,
  { link, around, note }: { link: string; around: Around; note?: string | undefined },
): Screen {
  const here = at(place)
  const one = { ...here, number: project.number }
  const { words, page, category } = from
  const back = words
    ? foundButton.pack({ ...here, page, words })
    : listButton.pack({ ...here, page, category })
  const about = aroundOf(t, one, from, around)
  const extra: Button[] = []
  if (project.photo) extra.push(press(t('discover.photo.button'), photoButton.pack(one)))
  if (project.voice) extra.push(press(t('discover.voice.button'), voiceButton.pack(one)))
  if (pointOf(project)) extra.push(press(t('discover.map.button'), mapButton.pack(one)))
  const shareButton = {
    text: t('discover.share.button'),
    switch_inline_query: projectPayload(one),
  }
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...trialLines(t, place),
      ...projectLines(t, place, project),
      ...(around.author === null ? [] : [t.html('ideas.others-named', { name: around.author })]),
      ...about.lines,
      '',
      link,
    ].join('\n'),
    buttons: [
      ...(extra.length > 0 ? [extra] : []),
      ...about.rows,
      [shareButton, press(t('discover.list.button'), back)],
      [...voteOf(t, place), toMenu(t)],
    ],
  }
}

/** The plain text that a shared project is: it must forward well, to other messengers too. */
export const shareText = (t: T, place: Place, project: Project, link: string): string =>
  [
    ...trialNotes(t, place),
    t('discover.share', {
      title: graphemeCut(t.of(project.title), CARD_TITLE),
      village: placeName(t, place),
      sum: t.money(project.cost, place.cycle.currency),
      link,
    }),
  ].join('\n')
