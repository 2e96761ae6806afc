// The page of a vote: how it works, its dates, its villages, and what an observer needs.
import { graphemeCut } from '../core/text.ts'
import type { KeptCheckpoint } from '../use-cases/read-checkpoints.ts'
import type { OpenCycle } from '../use-cases/read-open-cycle.ts'
import { placeName } from '../words/place.ts'
import { html } from './html.ts'
import { layout, type Reader, to } from './layout.ts'
import { datesPart, howPart, observersPart, pageIn, pagesPart, section, stagePart } from './parts-of-pages.ts'

const VILLAGES = 80

/** `page`: of the villages, from 0. */
export function cyclePage(
  reader: Reader,
  { cycle, places }: OpenCycle,
  page: number,
  checkpoints: readonly KeptCheckpoint[],
): string {
  const { t } = reader
  const { slug } = cycle
  const at = pageIn(page, places.length, VILLAGES)
  const shown = places.slice(at * VILLAGES, (at + 1) * VILLAGES)
  const title = t.of(cycle.title)
  const villages = html`<ul class="list">${shown.map((place) => {
    const path = `${slug}/${place.territory}`
    const facts = { projects: place.projects, sum: t.money(place.budget, cycle.currency) }
    return html`<li><a href="${to(reader, path)}">${graphemeCut(placeName(t, place), 160)}</a><br><span class="soft">${t('pages.village', facts)}</span></li>
`
  })}</ul>
${pagesPart(t, at, places.length, (other) => to(reader, slug, { page: other + 1 }), VILLAGES)}`
  return layout(reader, {
    path: slug,
    title,
    line: t('pages.line-cycle', { villages: places.length }),
    picture: `${slug}/share-${t.locale}.png`,
    hidden: cycle.trial,
    above: [],
    body: html`<h1>${title}</h1>
${stagePart(t, cycle)}${section(t('pages.villages'), villages)}${howPart(t, cycle)}${datesPart(t, cycle)}${observersPart(reader, cycle, checkpoints)}`,
  })
}
