// The shapes of the picture of a count: text, a project's two bars, the bar of the budget.
import type { Money } from '../core/money.ts'
import type { Ruler } from './text-width.ts'

/** Pixels. */
export const WIDTH = 1080
export const MARGIN = 48
export const ROW = 116

export const INK = '#1d2a2e'
export const PALE = '#5d6b70'
const GREEN = '#1b7f5f'
const DARK_GREEN = '#0e5a43'
const GREY = '#b4bcbf'
const DARK_GREY = '#8a9599'
const TRACK = '#e8e9e4'

export interface Row {
  number: string
  name: string
  funded: boolean
  votes: number
  votesText: string
  cost: Money
  costText: string
  /** What became of it, in a few words. */
  state: string
}

const escaped = (content: string): string =>
  content
    // Control characters are not XML, escaped or not.
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]+/gu, ' ')
    .trim()
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

interface Place {
  x: number
  y: number
  size: number
  fill?: string
  bold?: boolean
  end?: boolean
}

/** One line; `y` is its baseline, `x` its beginning, or its end. */
export function text(content: string, { x, y, size, fill = INK, bold, end }: Place): string {
  const style = `${bold ? ' font-weight="bold"' : ''}${end ? ' text-anchor="end"' : ''}`
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}"${style}>${escaped(content)}</text>`
}

export const line = (y: number): string =>
  `<rect x="${MARGIN}" y="${y}" width="${WIDTH - 2 * MARGIN}" height="2" fill="${TRACK}"/>`

const bar = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${x}" y="${y}" width="${Math.max(0, Math.round(width))}" height="${height}" rx="3" fill="${fill}"/>`

/** The name; under it the bars of votes and cost, and beside them the votes, the cost and what became of the project. */
export function drawRow(row: Row, y: number, most: { votes: number; cost: Money }, ruler: Ruler): string {
  const right = WIDTH - MARGIN
  const bars = 500
  const label = MARGIN + bars + 18
  const room = right - label - 40
  const state = ruler.cut(row.state, 24, room, row.funded)
  const numberWidth = ruler.width(`${row.number} `, 28, true)
  const name = ruler.cut(row.name, 28, right - MARGIN - numberWidth)
  const [fill, dark] = row.funded ? [GREEN, DARK_GREEN] : [GREY, DARK_GREY]
  const votes = (row.votes / most.votes) * bars
  const stateAt = right - ruler.width(state, 24, row.funded) - 36
  return [
    text(row.number, { x: MARGIN, y: y + 32, size: 28, bold: true }),
    text(name, { x: MARGIN + Math.round(numberWidth), y: y + 32, size: 28 }),
    bar(MARGIN, y + 50, bars, 26, TRACK),
    bar(MARGIN, y + 50, votes, 26, fill),
    bar(MARGIN, y + 82, bars, 10, TRACK),
    bar(MARGIN, y + 82, (row.cost / most.cost) * bars, 10, dark),
    text(row.votesText, { x: label, y: y + 73, size: 28, bold: true }),
    text(row.costText, { x: right, y: y + 67, size: 26, end: true }),
    ...(row.funded ? [tick(Math.round(stateAt), y + 74)] : []),
    text(state, {
      x: right,
      y: y + 97,
      size: 24,
      fill: row.funded ? GREEN : PALE,
      bold: row.funded,
      end: true,
    }),
  ].join('\n')
}

/** A tick: that a project won is said by shape and word, not by colour alone. */
const tick = (x: number, y: number): string =>
  `<path d="M${x} ${y + 11} l8 9 l14 -18" fill="none" stroke="${GREEN}" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>`

export interface BudgetBar {
  y: number
  budget: Money
  /** Costs of the winners, in order. */
  costs: readonly Money[]
  spent: string
  left: string
}

/** The whole budget as one bar: a piece for each winner, and what was left. */
export function drawBudget({ y, budget, costs, spent, left }: BudgetBar): string {
  const room = WIDTH - 2 * MARGIN
  let x = MARGIN
  const pieces = costs.map((cost, at) => {
    const width = (cost / Math.max(1, budget)) * room
    const piece = `<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(1, width - 2).toFixed(1)}" height="36" fill="${at % 2 ? DARK_GREEN : GREEN}"/>`
    x += width
    return piece
  })
  return [
    `<rect x="${MARGIN}" y="${y}" width="${room}" height="36" fill="${TRACK}"/>`,
    ...pieces,
    text(spent, { x: MARGIN, y: y + 72, size: 28, fill: GREEN, bold: true }),
    text(left, { x: WIDTH - MARGIN, y: y + 72, size: 28, bold: true, end: true }),
  ].join('\n')
}
