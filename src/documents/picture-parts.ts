// The shapes of the picture of a count: text, a project's two bars, the bar of the budget.
import type { Money } from '../core/money.ts'
import type { Ruler } from './text-width.ts'

/** Pixels. */
export const WIDTH = 1080
export const MARGIN = 48
export const ROW = 116
/** Of a picture with many winners: a name over a bar. */
export const TIGHT_ROW = 78

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
  const state = fitted(row.state, 24, room, row.funded, ruler)
  const numberWidth = ruler.width(`${row.number} `, 28, true)
  const name = ruler.cut(row.name, 28, right - MARGIN - numberWidth)
  const [fill, dark] = row.funded ? [GREEN, DARK_GREEN] : [GREY, DARK_GREY]
  const votes = (row.votes / most.votes) * bars
  const stateAt = right - ruler.width(state.text, state.size, row.funded) - 36
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
    text(state.text, {
      x: right,
      y: y + 97,
      size: state.size,
      fill: row.funded ? GREEN : PALE,
      bold: row.funded,
      end: true,
    }),
  ].join('\n')
}

/** The same in less room: number, name and cost in a line, under it the bar of votes, the votes and what became of it. */
export function drawTightRow(
  row: Row,
  y: number,
  most: { votes: number; cost: Money },
  ruler: Ruler,
): string {
  const right = WIDTH - MARGIN
  const bars = 420
  const costWidth = ruler.width(row.costText, 24) + 16
  const numberWidth = ruler.width(`${row.number} `, 24, true)
  const name = ruler.cut(row.name, 24, right - MARGIN - numberWidth - costWidth)
  const fill = row.funded ? GREEN : GREY
  const label = MARGIN + bars + 14
  const room = right - label - ruler.width(row.votesText, 24, true) - 50
  const state = fitted(row.state, 22, room, row.funded, ruler)
  const stateAt = right - ruler.width(state.text, state.size, row.funded) - 36
  return [
    text(row.number, { x: MARGIN, y: y + 26, size: 24, bold: true }),
    text(name, { x: MARGIN + Math.round(numberWidth), y: y + 26, size: 24 }),
    text(row.costText, { x: right, y: y + 26, size: 24, end: true }),
    bar(MARGIN, y + 40, bars, 20, TRACK),
    bar(MARGIN, y + 40, (row.votes / most.votes) * bars, 20, fill),
    text(row.votesText, { x: label, y: y + 59, size: 24, bold: true }),
    ...(row.funded ? [tick(Math.round(stateAt), y + 36)] : []),
    text(state.text, {
      x: right,
      y: y + 59,
      size: state.size,
      fill: row.funded ? GREEN : PALE,
      bold: row.funded,
      end: true,
    }),
  ].join('\n')
}

const SMALLEST = 18

/** In the first size in which it fits: a sum is never cut inside its number. */
function fitted(
  content: string,
  size: number,
  room: number,
  bold: boolean,
  ruler: Ruler,
): { text: string; size: number } {
  for (let at = size; at >= SMALLEST; at -= 2)
    if (ruler.width(content, at, bold) <= room) return { text: content, size: at }
  return { text: ruler.cut(content, SMALLEST, room, bold), size: SMALLEST }
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
