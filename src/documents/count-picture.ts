// A count as one picture for a phone: what each project got and costs, in the order of the count, and what was left.
import type { Count } from '../core/counting/count.ts'
import { whyNot } from '../core/counting/explain.ts'
import type { Money } from '../core/money.ts'
import type { T } from '../i18n.ts'
import { type Named, stepSentence, sumWriter } from '../words/count-steps.ts'
import {
  drawBudget,
  drawRow,
  drawTightRow,
  INK,
  line,
  MARGIN,
  PALE,
  type Row,
  ROW,
  text,
  TIGHT_ROW,
  WIDTH,
} from './picture-parts.ts'
import { openRuler, type Ruler } from './text-width.ts'

/** Chats show a photo at most about twice as high as it is wide: so many projects are drawn, all winners in any case. */
const ROWS = 14
/** Of those who did not win the first are always seen. */
const LOSERS = 4
/** More winners than this make a picture that Telegram does not take. */
const WINNERS = 80
const TIES = 2

export interface CountPicture {
  title: string
  /** Small lines under the title: that it was a trial, by which rule. */
  notes: readonly string[]
  projects: readonly { id: string; name: string; cost: Money }[]
  /** The ballots gave points, not votes. */
  points: boolean
  named: Named
  ballots: number
  budget: Money
  count: Count
}

/** SVG, 1080 px wide. Names are data: everything in them that SVG would read is escaped. */
export function countPictureSvg(t: T, picture: CountPicture): string {
  const { named, count, budget } = picture
  const ruler = openRuler()
  const all = rowsOf(t, picture)
  const rows = shown(all)
  const parts: string[] = []
  const tight = rows.length > ROWS
  let y = header(t, picture, { ruler, tight }, parts)
  const most = { votes: Math.max(1, ...rows.map((row) => row.votes)), cost: costScale(rows) }
  for (const row of rows) {
    parts.push(tight ? drawTightRow(row, y, most, ruler) : drawRow(row, y, most, ruler))
    y += tight ? TIGHT_ROW : ROW
  }
  if (rows.length < all.length) {
    const rest = all.filter((row) => !rows.includes(row))
    const funded = rest.filter((row) => row.funded).length
    const more = t(funded > 0 ? 'documents.picture-more-won' : 'documents.picture-more', {
      more: t.number(rest.length),
      funded: t.number(funded),
    })
    parts.push(text(more, { x: MARGIN, y: y + 30, size: 26, fill: PALE }))
    y += 56
  }
  const money = sumWriter(t, named)
  const costs = count.winners.flatMap((id) => picture.projects.find((one) => one.id === id)?.cost ?? [])
  parts.push(
    drawBudget({
      y: y + 16,
      budget,
      costs,
      spent: t('documents.picture-spent', { sum: money(count.spent) }),
      left: t('documents.picture-left', { sum: money(count.left) }),
    }),
  )
  y += 150
  for (const tie of count.ties.slice(0, TIES)) {
    for (const part of ruler.wrap(stepSentence(t, named, tie), 24, WIDTH - 2 * MARGIN, 2)) {
      parts.push(text(part, { x: MARGIN, y, size: 24, fill: PALE }))
      y += 34
    }
  }
  const height = Math.round(y + 20)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="DejaVu Sans, Verdana, sans-serif">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fbfaf6"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}

/** Title, notes and legend; returns where the rows begin. */
function header(
  t: T,
  picture: CountPicture,
  { ruler, tight }: { ruler: Ruler; tight: boolean },
  parts: string[],
): number {
  const { named, budget } = picture
  const room = WIDTH - 2 * MARGIN
  let y = 78
  for (const part of ruler.wrap(picture.title, 42, room, 2, true)) {
    parts.push(text(part, { x: MARGIN, y, size: 42, bold: true }))
    y += 52
  }
  const facts = [
    t('documents.picture-voted', { voted: t.number(picture.ballots) }),
    t('documents.picture-budget', { sum: sumWriter(t, named)(budget) }),
  ]
  parts.push(text(ruler.cut(facts.join('  ·  '), 30, room), { x: MARGIN, y, size: 30, fill: INK }))
  y += 42
  const legend = legendOf(t, tight, picture.points)
  for (const part of [...picture.notes, legend].flatMap((note) => ruler.wrap(note, 24, room, 2))) {
    parts.push(text(part, { x: MARGIN, y, size: 24, fill: PALE }))
    y += 34
  }
  parts.push(line(y - 6))
  return y + 8
}

function legendOf(t: T, tight: boolean, points: boolean): string {
  if (tight) return t(points ? 'documents.picture-bar-points' : 'documents.picture-bar')
  return t(points ? 'documents.picture-legend-points' : 'documents.picture-legend')
}

/** The winners in their order, then the others in the order in which the count decided on them. */
function rowsOf(t: T, { projects, named, count }: CountPicture): Row[] {
  const decided = new Map<string, number>()
  for (const [at, step] of count.steps.entries()) if ('id' in step) decided.set(step.id, at)
  const votes = new Map(count.votes.map((tally) => [tally.id, tally.score]))
  const at = (id: string) => {
    const place = count.winners.indexOf(id)
    return place >= 0 ? place - count.winners.length : (decided.get(id) ?? count.steps.length)
  }
  return [...projects]
    .sort((a, b) => at(a.id) - at(b.id))
    .map(({ id, name, cost }) => {
      const withdrawn = whyNot(count, id).kind === 'withdrawn'
      return {
        number: `№\u00a0${named.number(id)}`,
        name,
        funded: count.winners.includes(id),
        votes: votes.get(id) ?? 0,
        votesText: t.number(votes.get(id) ?? 0),
        cost: withdrawn ? 0 : cost,
        costText: withdrawn ? '' : sumWriter(t, named)(cost),
        state: stateOf(t, named, count, id),
      }
    })
}

/** All winners, and as many of the others as fit, but some of them always. */
function shown(all: readonly Row[]): Row[] {
  const winners = all.filter((row) => row.funded).slice(0, WINNERS)
  const others = all.filter((row) => !row.funded)
  return [...winners, ...others.slice(0, Math.max(LOSERS, ROWS - winners.length))]
}

/** The dearest drawn project; one that could never be paid does not make all others tiny. */
function costScale(rows: readonly Row[]): number {
  const costs = rows.map((row) => row.cost).sort((a, b) => b - a)
  return Math.max(1, costs[0] ?? 1)
}

function stateOf(t: T, named: Named, count: Count, id: string): string {
  const { number } = named
  const why = whyNot(count, id)
  const money = sumWriter(t, named)
  switch (why.kind) {
    case 'won':
      return t('documents.picture-funded')
    case 'too-dear':
    case 'stopped-here':
    case 'supporters-short':
      return t('documents.picture-missing', { missing: money(why.missing) })
    case 'not-reached':
      return t('documents.picture-not-reached')
    case 'too-few-votes':
      return t('documents.picture-too-few', { needed: t.number(why.needed) })
    case 'conflict':
      return t('documents.picture-conflict', { other: number(why.with) })
    case 'withdrawn':
      return t('documents.picture-withdrawn')
    case 'outvoted':
    case 'unknown-project':
      return t('documents.picture-outvoted')
  }
}
