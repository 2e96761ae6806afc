// What several public pages say: the mark of a practice, the stage, how it works, the dates, and what an observer needs.
import { isPublished, PHASES, type Phase } from '../core/cycle.ts'
import type { Key, T } from '../i18n.ts'
import type { Cycle } from '../use-cases/list-cycles.ts'
import type { KeptCheckpoint } from '../use-cases/read-checkpoints.ts'
import { factsOf } from '../use-cases/verify-account.ts'
import { ballotLine } from '../words/ballot.ts'
import { howSentences } from '../words/how.ts'
import { stageLine } from '../words/stage.ts'
import { awayLines, haltLine, trialNotes } from '../words/trial.ts'
import { type Html, html, ours, type Piece, said } from './html.ts'
import type { Reader } from './layout.ts'

export const section = (title: string, body: Piece): Html => html`<section><h2>${title}</h2>
${body}
</section>
`

/** Stage, that it counts nowhere, and that it stands still. */
export const stagePart = (t: T, cycle: Cycle): Html => html`${trialNotes(t, { cycle }).map(
  (note) => html`<p class="mark">${note}</p>
`,
)}${
  cycle.halt &&
  html`<p class="mark">${ours(haltLine(t, cycle.halt))}</p>
`
}${awayLines(t, cycle).map(
  (line) => html`<p class="mark">${ours(line)}</p>
`,
)}<p>${ours(stageLine(t, cycle, cycle.asOf))}</p>
`

/** By the cycle's facts only. */
export function howPart(t: T, cycle: Cycle): Html {
  const facts = factsOf(cycle.method)
  const steps: Piece[] = [
    ...howSentences(t, cycle).map(ours),
    html`${t('pages.ballot', { ballot: ballotLine(t, cycle.ballotTerms) })}`,
    ...(facts.usesCards ? [said(t, 'pages.who-card')] : []),
    ...(facts.needsPhones ? [said(t, 'pages.who-contact')] : []),
    ...(facts.atDesk ? [said(t, 'pages.who-in-person')] : []),
    said(t, cycle.revote === 'none' ? 'pages.once' : 'vote.may-change'),
    said(t, 'vote.few-people'),
  ]
  return section(
    t('start.how.button'),
    html`<ol>${steps.map(
      (step) => html`<li>${step}</li>
`,
    )}</ol>
<p>${said(t, 'start.free')}</p>`,
  )
}

const DATES: Partial<Record<Phase, Key>> = {
  announced: 'pages.date-announced',
  consultation: 'pages.date-consultation',
  ideas: 'pages.date-ideas',
  review: 'pages.date-review',
  support: 'pages.date-support',
  voting: 'pages.date-voting',
  counting: 'pages.date-counting',
  results: 'pages.date-results',
  implementation: 'pages.date-implementation',
  closed: 'pages.date-closed',
}

/** The phases that the cycle has, in their order. */
export function datesPart(t: T, { timeline }: Cycle): Html | undefined {
  const rows = PHASES.flatMap((phase) => {
    const [key, at] = [DATES[phase], timeline[phase]]
    return key && at !== undefined
      ? [
          html`<li>${t(key)}: <time datetime="${at}">${t.dated(at)}</time></li>
`,
        ]
      : []
  })
  return rows.length === 0
    ? undefined
    : section(
        t('pages.dates'),
        html`<ul>${rows}</ul>
<p class="soft">${said(t, 'pages.zone')}</p>`,
      )
}

/** Of the newest checkpoints so many. */
const NEWEST = 10

/** Key, signed head and checkpoints of the log; the kit; after the publication the bundle. `checkpoints`: none where they are not listed. */
export const observersPart = (
  { t, kit }: Reader,
  { slug, phase }: Cycle,
  checkpoints: readonly KeptCheckpoint[] = [],
): Html =>
  section(
    t('pages.observers'),
    html`<p>${said(t, 'pages.observers-why')}</p>
<ul><li><a href="/open/${slug}/key">${t('pages.key')}</a></li>
<li><a href="/open/${slug}/checkpoint">${t('pages.head')}</a></li>
<li><a href="/open/${slug}/checkpoints">${t('pages.checkpoints')}</a>${checkpointsPart(t, checkpoints)}</li>${
      kit &&
      html`
<li><a href="/open/kit.html" download>${t('pages.kit')}</a></li>`
    }${
      isPublished(phase) &&
      html`
<li><a href="/open/${slug}/bundle">${t('pages.bundle')}</a></li>`
    }</ul>`,
  )

/** The newest first. */
const checkpointsPart = (t: T, checkpoints: readonly KeptCheckpoint[]): Html | undefined =>
  checkpoints.length === 0
    ? undefined
    : html`
<ul>${checkpoints
        .slice(-NEWEST)
        .toReversed()
        .map(
          ({ size, at }) => html`<li>${t('pages.checkpoint-line', { time: t.dated(at), size })}</li>
`,
        )}</ul>`

/** So many entries of a list on one page: it stays small enough for a thin line. */
export const MOST_LISTED = 40

/** The page of a list that was asked for, from 0, within what there is. */
export const pageIn = (wanted: number, entries: number, most = MOST_LISTED): number =>
  Math.max(0, Math.min(wanted, Math.ceil(entries / most) - 1))

/** Links to the pages of a long list, or nothing. `link`: the address of a page, from 0. */
export function pagesPart(
  t: T,
  at: number,
  entries: number,
  link: (page: number) => string,
  most = MOST_LISTED,
): Piece {
  const pages = Math.ceil(entries / most)
  if (pages < 2) return undefined
  return html`<nav aria-label="${t('common.page', { page: at + 1, pages })}">${
    at > 0 && html`<a href="${link(at - 1)}" rel="prev">${t('common.previous.button')}</a> `
  }${t('common.page', { page: at + 1, pages })} ${
    at + 1 < pages && html`<a href="${link(at + 1)}" rel="next">${t('common.next.button')}</a>`
  }</nav>
`
}
