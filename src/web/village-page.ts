// The page of a village in a vote: stage and dates, its desk, what it needs, its projects, and the result once that is published.
import { graphemeCut } from '../core/text.ts'
import type { T } from '../i18n.ts'
import type { OpenPlace } from '../use-cases/read-open-cycle.ts'
import { CARD_PLACES, type CardPlace } from '../use-cases/shown-cards.ts'
import type { PublishedResult } from '../use-cases/read-result.ts'
import { deskOnPaper } from '../words/desk.ts'
import { botLink, villagePath, villagePayload } from '../words/links.ts'
import { figureLines } from '../words/need.ts'
import { hasPots, potName, withPot } from '../words/pot.ts'
import { placeName } from '../words/place.ts'
import { type Html, html, ours, type Piece, said } from './html.ts'
import { layout, type Reader, to } from './layout.ts'
import {
  datesPart,
  howPart,
  MOST_LISTED,
  observersPart,
  pageIn,
  pagesPart,
  section,
  stagePart,
} from './parts-of-pages.ts'
import { resultPart } from './result-part.ts'
import { worksPart } from './work-part.ts'

/** What of each pot may be shown: its published result, or that it is being checked; nothing before publication. */
export type PotShown = PublishedResult | 'being-checked'

const TITLE = 120

/** `page`: of the list, from 0. */
export function villagePage(
  reader: Reader,
  open: OpenPlace,
  results: readonly PotShown[],
  page: number,
): string {
  const { t } = reader
  const { place } = open
  const { cycle } = place
  const path = villagePath(place)
  const name = placeName(t, place)
  const published = results.filter((one) => one !== 'being-checked')
  return layout(reader, {
    path,
    title: t.of(cycle.title),
    line: lineOf(t, open, published),
    picture: pictureOf(t, path, published),
    hidden: cycle.trial,
    above: [{ path: cycle.slug, name: t.of(cycle.title) }],
    body: html`<h1>${name}</h1>
<p>${t.of(cycle.title)}</p>
${stagePart(t, cycle)}${results.map((one) => resultPart(reader, path, one))}<p class="act"><a href="${botLink(reader.bot, villagePayload(place.territory))}">${t('pages.open-bot')}</a></p>
<p class="soft">${said(t, 'pages.open-bot-why')}</p>
${published.length === results.length && worksPart(reader, open)}${projectsPart(reader, open, page)}${needsPart(t, open)}${section(t('start.desk.button'), html`<p>${deskOnPaper(t, place.desk)}</p>`)}${howPart(t, cycle)}${datesPart(t, cycle)}${cardsPart(t, open)}${observersPart(reader, cycle)}`,
  })
}

/** What a messenger shows under the title. */
function lineOf(t: T, { place }: OpenPlace, published: readonly PublishedResult[]): string {
  const village = placeName(t, place)
  const [first] = published
  if (!first)
    return t('pages.line-list', {
      village,
      projects: place.projects,
      sum: t.money(place.budget, place.cycle.currency),
    })
  const winners = published.reduce((sum, { count }) => sum + count.winners.length, 0)
  return t('pages.line-result', { village, voted: t.number(first.ballots), winners })
}

function pictureOf(t: T, path: string, published: readonly PublishedResult[]): string {
  const whole = published.find(({ shows }) => shows === 'all')
  return whole ? `${path}/${whole.pot}-${t.locale}.png` : `${path}/share-${t.locale}.png`
}

function projectsPart(reader: Reader, { place, projects, photos }: OpenPlace, page: number): Html {
  const { t } = reader
  const path = villagePath(place)
  const at = pageIn(page, projects.length)
  const rows = projects.slice(at * MOST_LISTED, (at + 1) * MOST_LISTED).map(
    (
      project,
    ): Piece => html`<li><a href="${to(reader, `${path}/${project.number}`)}">№\u00a0${project.number}. ${graphemeCut(t.of(project.title), TITLE)}</a><br><span class="soft">${withPot(t, t.money(project.cost, place.cycle.currency), place, project.pot)}${
      project.withdrawn && html`. ${said(t, 'discover.withdrawn')}`
    }</span>${
      photos.has(project.number) &&
      html`<img src="/open/${path}/${project.number}/photo/1" alt="" loading="lazy">`
    }</li>
`,
  )
  return section(
    t('pages.projects'),
    html`<p>${t('pages.share-budget', { sum: t.money(place.budget, place.cycle.currency) })}${
      hasPots(place) &&
      place.pots.map(
        (pot) =>
          html`<br>${said(t, 'discover.pot', { pot: potName(t, pot), sum: t.money(pot.budget, place.cycle.currency) })}`,
      )
    }</p>
${rows.length > 0 ? html`<ul class="list">${rows}</ul>` : html`<p>${said(t, 'discover.empty')}</p>`}
${pagesPart(t, at, projects.length, (other) => to(reader, path, { page: other + 1 }))}`,
  )
}

/** Cards printed, handed over and come back: whoever counts the hands that hold one may compare. */
function cardsPart(t: T, { cards }: OpenPlace): Html | undefined {
  if (!cards) return undefined
  const places = CARD_PLACES.filter((one) => cards[one] !== 0)
  const shown = (place: CardPlace): string => {
    const number = cards[place]
    return number === null ? t('consult.few') : t.number(number)
  }
  return section(
    t('pages.cards'),
    html`<p>${t('pages.cards-all', { cards: t.number(cards.cards) })}</p>
<ul>${places.map(
      (place) => html`<li>${t(`pages.cards-${place}`, { cards: shown(place) })}</li>
`,
    )}</ul>`,
  )
}

/** The figures that were published, small numbers left out, and the akimat's answer. */
function needsPart(t: T, { needs }: OpenPlace): Html | undefined {
  if (!needs) return undefined
  const [, ...lines] = figureLines(t, needs.asked, needs.result.figures)
  return section(
    t('consult.result.button'),
    html`${lines.map(
      (line) => html`<p>${ours(line.replaceAll('\n', '<br>'))}</p>
`,
    )}<p>${ours(t.html('consult.result-reply', { reply: t.of(needs.result.reply) }).replaceAll('\n', '<br>'))}</p>`,
  )
}
