// What is built after a vote, on the pages of its village and of its project: milestones, photos of officials, and what residents say.
import { graphemeCut } from '../core/text.ts'
import type { OpenPlace } from '../use-cases/read-open-cycle.ts'
import type { Work } from '../use-cases/read-works.ts'
import { villagePath } from '../words/links.ts'
import { workLine, workLines } from '../words/work.ts'
import { html, ours, type Piece } from './html.ts'
import { type Reader, to } from './layout.ts'
import { section } from './parts-of-pages.ts'

const LINE = 160

/** Each work with where it stands; nothing where nothing is built. */
export function worksPart(reader: Reader, { place, works }: OpenPlace): Piece {
  if (works.length === 0) return undefined
  const rows = works.map(
    (
      work,
    ) => html`<li><a href="${to(reader, `${villagePath(place)}/${work.number}`)}">${ours(workLine(reader.t, work))}</a></li>
`,
  )
  return section(reader.t('works.menu.button'), html`<ul class="list">${rows}</ul>`)
}

/** The work of this project in full, with photos of its milestones of which we have a copy. */
export function workPart({ t }: Reader, { place, works }: OpenPlace, number: number): Piece {
  const work = works.find((one) => one.number === number)
  if (!work) return undefined
  // The first line is its title, which the page has already.
  const lines = workLines(t, work)
    .slice(1)
    .filter((line) => line !== '')
  const alt = t('pages.photo', { title: graphemeCut(t.of(work.title), LINE) })
  return section(
    t('works.menu.button'),
    html`${lines.map(
      (line) => html`<p>${ours(line.replaceAll('\n', '<br>'))}</p>
`,
    )}${photosOf(work).map(
      ({
        id,
      }) => html`<img src="/open/${villagePath(place)}/${number}/work/${id}" alt="${alt}" loading="lazy">
`,
    )}`,
  )
}

/** Photos of officials that the program has a copy of: what residents send with an answer is shown in the chat alone. */
export const photosOf = ({ milestones }: Work): { id: number; copy: string }[] =>
  milestones.flatMap(({ photos }) => photos.flatMap(({ id, copy }) => (copy === null ? [] : [{ id, copy }])))
