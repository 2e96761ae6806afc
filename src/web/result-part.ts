// A published result on the page of its village: who won, how it was counted, and all of it for programs.
import { byPoints } from '../core/counting/count.ts'
import { graphemeCut } from '../core/text.ts'
import type { T } from '../i18n.ts'
import type { PublishedResult } from '../use-cases/read-result.ts'
import { channelsLine } from '../words/channel.ts'
import { namedOf, stepSentence } from '../words/count-steps.ts'
import { withPot } from '../words/pot.ts'
import { underReview } from '../words/review.ts'
import { changedFacts } from '../words/work.ts'
import { type Html, html, type Piece, said } from './html.ts'
import { type Reader, to } from './layout.ts'
import { section } from './parts-of-pages.ts'

const TITLE = 120
/** More winners and steps are in the table. */
const MOST_WINNERS = 60
const MOST_STEPS = 60

export function resultPart(reader: Reader, path: string, result: PublishedResult | 'being-checked'): Html {
  const { t } = reader
  const title = t('start.results.button')
  if (result === 'being-checked') return section(title, html`<p>${said(t, 'results.being-checked')}</p>`)
  const { place, budget, ballots, roll, count, projects, publishedAt } = result
  const money = (sum: number) => t.money(sum, place.cycle.currency)
  const turnout =
    roll > 0
      ? said(t, 'results.turnout-of', { voted: ballots, roll })
      : said(t, 'results.turnout', { voted: ballots })
  const channels = channelsLine(t, result.channels)
  return section(
    withPot(t, title, place, result.pot),
    html`${underReview(t, result).map(([key, facts]) => html`<p><b>${said(t, key, facts)}</b></p>\n`)}<p>${turnout}<br>${channels !== undefined && html`${said(t, 'results.channels', { channels })}<br>`}${said(t, 'results.budget', { sum: money(budget), left: money(count.left) })}<br>${said(t, 'results.published', { time: t.dated(publishedAt) })}</p>
${winnersPart(reader, path, result)}${changedPart(t, result)}${
  result.shows === 'all'
    ? wholePart(t, path, result)
    : projects.length > 0 &&
      html`<p>${said(t, 'results.few')}</p>
`
}${filesPart(t, path, result)}`,
  )
}

/** What two officials changed since: old and new. */
function changedPart(t: T, { changed, place }: PublishedResult): Piece {
  if (changed.length === 0) return false
  const rows = changed.map(
    (one) => html`<li>${said(t, 'works.changed', changedFacts(t, one, place.cycle.currency))}</li>
`,
  )
  return html`<p>${said(t, 'works.changed-head')}</p>
<ul>${rows}</ul>
`
}

function winnersPart(reader: Reader, path: string, result: PublishedResult): Piece {
  const { t } = reader
  const { place, projects, count } = result
  if (count.winners.length === 0)
    return html`<p>${said(t, 'results.no-winners')}</p>
`
  const scores =
    result.shows === 'all' ? new Map(result.count.votes.map(({ id, score }) => [id, score])) : undefined
  const points = result.shows === 'all' && byPoints(result.count.votes)
  const rows = count.winners.slice(0, MOST_WINNERS).flatMap((id, at) => {
    const project = projects.find((one) => one.id === id)
    if (!project) return []
    const facts = {
      place: at + 1,
      number: project.number,
      title: graphemeCut(t.of(project.title), TITLE),
      sum: t.money(project.cost, place.cycle.currency),
    }
    const line = scores
      ? t(points ? 'results.winner-points' : 'results.winner', { ...facts, count: scores.get(id) ?? 0 })
      : t('results.winner-few', facts)
    return [
      html`<li><a class="won" href="${to(reader, `${path}/${project.number}`)}">${line}</a></li>
`,
    ]
  })
  const more = count.winners.length - rows.length
  return html`<h3>${t('pages.winners')}</h3>
<ul class="list">${rows}</ul>
${more > 0 && html`<p>${said(t, 'results.winners-more', { more })}</p>`}`
}

/** The picture, and the steps behind a fold. */
function wholePart(
  t: T,
  path: string,
  { pot, place, projects, count }: PublishedResult & { shows: 'all' },
): Html {
  const named = namedOf(place.cycle.currency, projects, count.votes)
  const steps = count.steps.slice(0, MOST_STEPS)
  return html`<p><a href="/open/${path}/${pot}-${t.locale}.png">${t('pages.picture')}</a></p>
${
  steps.length > 0 &&
  html`<details><summary>${t('results.steps.button')}</summary>
<ol>${steps.map(
    (step) => html`<li>${stepSentence(t, named, step)}</li>
`,
  )}</ol>${count.steps.length > steps.length && html`<p>…</p>`}</details>
`
}`
}

function filesPart(t: T, path: string, { pot, shows }: PublishedResult): Html {
  const file = (name: string, text: string) => html`<li><a href="/open/${path}/${name}">${text}</a></li>
`
  return html`<h3>${t('pages.files')}</h3>
<ul>${file('protocol.pdf', t('pages.file-protocol'))}${file(`${pot}-${t.locale}.csv`, t('pages.file-csv'))}${file(`${pot}.json`, t('pages.file-json'))}${
    shows === 'all' && file(`${pot}-${t.locale}.pb`, t('pages.file-pb'))
  }</ul>
`
}
