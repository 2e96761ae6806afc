// The page of one project: what it is, what it costs, its photos, and what became of it once the result is published.
import { graphemeCut } from '../core/text.ts'
import type { OpenPlace } from '../use-cases/read-open-cycle.ts'
import type { Project } from '../use-cases/list-projects.ts'
import { namedOf } from '../words/count-steps.ts'
import { whySentences } from '../words/count-why.ts'
import { categoryName } from '../words/category.ts'
import { botLink, projectPayload, villagePath } from '../words/links.ts'
import { marksLine } from '../words/marks.ts'
import { budgetFor, potName, potToSay } from '../words/pot.ts'
import { placeName } from '../words/place.ts'
import { type Html, html, type Piece, said } from './html.ts'
import { layout, type Reader } from './layout.ts'
import { section, stagePart } from './parts-of-pages.ts'
import type { PotShown } from './village-page.ts'
import { workPart } from './work-part.ts'

const LINE = 160

export function projectPage(
  reader: Reader,
  open: OpenPlace,
  project: Project,
  shown: PotShown | undefined,
): string {
  const { t } = reader
  const { place, photos } = open
  const { cycle } = place
  const village = villagePath(place)
  const path = `${village}/${project.number}`
  const title = t.of(project.title)
  const sum = t.money(project.cost, cycle.currency)
  const pictures = photos.get(project.number) ?? []
  const author = open.authors.get(project.number)
  const payload = projectPayload({ cycle: cycle.id, territory: place.territory, number: project.number })
  return layout(reader, {
    path,
    title: `№\u00a0${project.number}. ${graphemeCut(title, LINE)}`,
    line: t('pages.line-project', { village: placeName(t, place), sum }),
    picture: pictures.length > 0 ? `${path}/photo/1` : `${village}/share-${t.locale}.png`,
    hidden: cycle.trial,
    above: [
      { path: cycle.slug, name: t.of(cycle.title) },
      { path: village, name: placeName(t, place) },
    ],
    body: html`<h1>№\u00a0${project.number}. ${title}</h1>
${stagePart(t, cycle)}${outcomePart(reader, project, shown)}${shown !== 'being-checked' && workPart(reader, open, project.number)}${
  project.summary &&
  html`<p>${t.of(project.summary)}</p>
`
}<p>${said(t, 'discover.category', { category: categoryName(t, project.category) })}${potPart(reader, open, project)}<br>${costLine(reader, open, project)}<br>${said(t, 'discover.place', { place: project.place ? t.of(project.place) : placeName(t, place) })}${author !== undefined && html`<br>${said(t, 'ideas.others-named', { name: author })}`}</p>
${
  project.withdrawn &&
  html`<p class="mark">${said(t, 'discover.withdrawn')}</p>
`
}${pictures.map(
  (
    _,
    at,
  ) => html`<img src="/open/${path}/photo/${at + 1}" alt="${t('pages.photo', { title: graphemeCut(title, LINE) })}" loading="lazy">
`,
)}<p class="act"><a href="${botLink(reader.bot, payload)}">${t('pages.open-bot')}</a></p>`,
  })
}

/** The marks of the project, and its pot where there are several. */
function potPart({ t }: Reader, { place }: OpenPlace, project: Project): Html {
  const pot = potToSay(place, project.pot)
  const marks = marksLine(t, project)
  return html`${marks !== '' && html`<br>${said(t, 'discover.marks', { marks })}`}${
    pot &&
    html`<br>${said(t, 'discover.pot', { pot: potName(t, pot), sum: t.money(pot.budget, place.cycle.currency) })}`
  }`
}

function costLine({ t }: Reader, { place }: OpenPlace, { cost, pot }: Project): Html {
  const budget = budgetFor(place, { pot })
  const { currency } = place.cycle
  const sum = t.money(cost, currency)
  if (cost > budget) return said(t, 'discover.too-dear', { sum, budget: t.money(budget, currency) })
  return said(t, 'discover.cost', { sum, share: t.number(Math.round((cost * 100) / budget)) })
}

/** Why it won or not, as far as that may be said. */
function outcomePart({ t }: Reader, { id }: Project, shown: PotShown | undefined): Piece {
  if (shown === undefined) return undefined
  const title = t('start.results.button')
  if (shown === 'being-checked') return section(title, html`<p>${said(t, 'results.being-checked')}</p>`)
  const won = shown.count.winners.includes(id)
  if (shown.shows === 'winners')
    return section(
      title,
      html`<p class="${won ? 'won' : 'soft'}">${t(won ? 'documents.picture-funded' : 'documents.picture-outvoted')}</p>
<p>${said(t, 'results.few')}</p>`,
    )
  const named = namedOf(shown.place.cycle.currency, shown.projects, shown.count.votes)
  return section(
    title,
    whySentences(t, named, shown.count, id).map(
      (line) => html`<p>${line}</p>
`,
    ),
  )
}
