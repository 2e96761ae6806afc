// The protocol of a village's published result for its akimat: who could vote and did, each project and why it won or not, the ideas
// that were refused and why, and lines to sign; a part in each language.
import { byPoints } from '../core/counting/count.ts'
import type { Localised } from '../core/localised.ts'
import type { PaperSums } from '../core/paper.ts'
import type { T } from '../i18n.ts'
import { namedOf } from '../words/count-steps.ts'
import { whySentences } from '../words/count-why.ts'
import { categoryName } from '../words/category.ts'
import { channelName } from '../words/channel.ts'
import { reasonName, stateName } from '../words/idea.ts'
import { sumsFacts } from '../words/paper.ts'
import { placeName } from '../words/place.ts'
import { withPot } from '../words/pot.ts'
import { underReview } from '../words/review.ts'
import { ruleName } from '../words/rule.ts'
import { trialNotes } from '../words/trial.ts'
import { standingLine } from '../words/work.ts'
import { openPaper, type Paper } from './paper.ts'
import type { ResultOnPaper } from './result-files.ts'

export interface ProtocolOnPaper {
  results: readonly [ResultOnPaper, ...ResultOnPaper[]]
  channels: readonly { channel: string; people: number | null }[]
  papers?: (PaperSums & { note: Localised | null }) | undefined
  refused: readonly {
    number: number
    category: string | null
    state: 'rejected' | 'unfeasible'
    reason: string | null
  }[]
}

/** `languages`: in the order of the parts, one at least. */
export function protocolPdf(languages: readonly [T, ...T[]], protocol: ProtocolOnPaper): Promise<Uint8Array> {
  const [first] = languages
  const { place } = protocol.results[0]
  const title = languages.map((t) => t('documents.protocol-title')).join(' · ')
  const paper = openPaper(`${title}: ${placeName(first, place)}`, first)
  for (const t of languages) writePart(paper, t, protocol)
  return paper.done()
}

function writePart(paper: Paper, t: T, { results, channels, refused, papers }: ProtocolOnPaper): void {
  const [first] = results
  const { place, publishedAt, ballots, roll } = first
  const { title, timeline } = place.cycle
  paper.part(t)
  paper.heading(1, t('documents.protocol-title'))
  for (const note of trialNotes(t, place)) paper.text(note, true)
  paper.text(t.of(title))
  paper.text(placeName(t, place), true)
  if (timeline.voting !== undefined && timeline.counting !== undefined)
    paper.text(t('documents.card-dates', { from: t.dated(timeline.voting), to: t.dated(timeline.counting) }))
  paper.text(t('results.published', { time: t.dated(publishedAt) }))
  for (const said of underReview(t, first)) paper.text(t(...said), true)
  if (roll > 0) paper.text(t('documents.protocol-roll', { people: t.number(roll) }))
  paper.text(t('results.turnout', { voted: t.number(ballots) }))
  for (const { channel, people } of channels)
    paper.text(
      t('documents.protocol-channel', {
        channel: channelName(t, channel),
        people: people === null ? t('consult.few') : t.number(people),
      }),
    )
  if (papers) paper.text(t('documents.protocol-papers', sumsFacts(papers)))
  if (papers?.note) paper.text(t('documents.protocol-papers-note', { note: t.of(papers.note) }))
  for (const result of results) writeResult(paper, t, result)
  writeRefused(paper, t, refused)
  paper.signing(
    [t('documents.protocol-chair'), t('documents.minutes-secretary'), t('documents.protocol-member')],
    t('documents.minutes-sign'),
  )
}

function writeResult(paper: Paper, t: T, result: ResultOnPaper): void {
  const { place, budget, count, projects } = result
  const money = (sum: number) => t.money(sum, place.cycle.currency)
  paper.heading(2, withPot(t, t('documents.protocol-projects'), place, result.pot))
  paper.text(t('documents.picture-rule', { rule: ruleName(t, place.cycle.ruleTerms) }))
  paper.text(
    t('documents.count-money', {
      budget: money(budget),
      spent: money(count.spent),
      left: money(count.left),
    }),
  )
  if (result.shows === 'winners') paper.text(t('results.few'))
  const outcome = outcomeOf(t, result)
  const scores =
    result.shows === 'all' ? new Map(result.count.votes.map(({ id, score }) => [id, score])) : undefined
  const points = result.shows === 'all' && byPoints(result.count.votes)
  const name = scores ? 0.36 : 0.46
  const columns = [
    { text: t('documents.count-id'), share: 0.07, right: true },
    { text: t('documents.count-name'), share: name },
    { text: t('documents.count-cost'), share: 0.17, right: true },
    ...(scores
      ? [{ text: t(points ? 'documents.count-points' : 'documents.count-votes'), share: 0.1, right: true }]
      : []),
    { text: t('documents.protocol-outcome'), share: 0.3 },
  ]
  const rows = [...projects]
    .sort((a, b) => orderIn(count.winners, a.id) - orderIn(count.winners, b.id) || a.number - b.number)
    .map(({ id, number, title, cost }) => [
      String(number),
      t.of(title),
      money(cost),
      ...(scores ? [t.number(scores.get(id) ?? 0)] : []),
      outcome(id),
    ])
  if (rows.length > 0) paper.table(columns, rows)
  else paper.text(t('discover.empty'))
  writeChanged(paper, t, result)
}

/** What two officials changed since; the count above stays as it was published. */
function writeChanged(paper: Paper, t: T, { changed, place }: ResultOnPaper): void {
  if (changed.length === 0) return
  const money = (sum: number) => t.money(sum, place.cycle.currency)
  paper.heading(2, t('documents.count-after'))
  paper.table(
    [
      { text: t('documents.count-id'), share: 0.07, right: true },
      { text: t('documents.count-name'), share: 0.34 },
      { text: t('documents.protocol-outcome'), share: 0.25 },
      { text: t('documents.count-cost'), share: 0.17, right: true },
      { text: t('documents.count-cost-now'), share: 0.17, right: true },
    ],
    changed.map((one) => [
      String(one.project.number),
      t.of(one.project.title),
      standingLine(t, one),
      money(one.was),
      money(one.now),
    ]),
  )
}

/** Winners in their order, then the others. */
const orderIn = (winners: readonly string[], id: string): number => {
  const at = winners.indexOf(id)
  return at < 0 ? winners.length : at
}

function outcomeOf(t: T, result: ResultOnPaper): (id: string) => string {
  if (result.shows === 'winners')
    return (id) =>
      t(result.count.winners.includes(id) ? 'documents.picture-funded' : 'documents.picture-outvoted')
  const { count, projects, place } = result
  const named = namedOf(place.cycle.currency, projects, count.votes)
  return (id) => whySentences(t, named, count, id).join(' ')
}

function writeRefused(paper: Paper, t: T, refused: ProtocolOnPaper['refused']): void {
  if (refused.length === 0) return
  paper.heading(2, t('documents.protocol-refused'))
  paper.table(
    [
      { text: t('documents.count-id'), share: 0.1, right: true },
      { text: t('documents.protocol-kind'), share: 0.4 },
      { text: t('documents.protocol-reason'), share: 0.5 },
    ],
    refused.map(({ number, category, state, reason }) => [
      String(number),
      category === null ? '—' : categoryName(t, category),
      state === 'rejected' && reason !== null ? reasonName(t, reason) : stateName(t, state),
    ]),
  )
}
