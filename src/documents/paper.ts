// A paper, written from top to bottom over as many pages as it needs, tagged for those who listen (PDF/UA-1): headings, text, tables, parts.
import type { T } from '../i18n.ts'
import { inEach } from './in-each.ts'
import { holdingHeads } from './column-shares.ts'
import { A4, type Box, fitText, mm, openTagged, type Pdf, pdfBytes, setFont } from './pdf.ts'

type Struct = PDFKit.PDFStructureElement

/** As it stands, in the first language of its part; or in each of the part's languages, once where they are the same. */
export type Words = string | ((t: T) => string)

export interface Column {
  text: Words
  /** Of the width of the page. */
  share: number
  right?: boolean
}

export interface Paper {
  /** What follows is in these languages, on a new page. `again`: what later pages of it are headed with. */
  part(t: T | readonly T[], again?: string): void
  heading(level: 1 | 2, text: Words): void
  text(text: Words, bold?: boolean): void
  /** `tall`: rows have this height at least, in points, and larger letters: for the pen. */
  table(columns: readonly Column[], rows: readonly (readonly Words[])[], tall?: number): void
  /** A line for the pen after each label; `hint`: what stands under it. */
  signing(labels: readonly Words[], hint?: Words): void
  /** Numbers the pages, in each part by itself, and hands back the file. */
  done(): Promise<Uint8Array>
}

const MARGIN = mm(16)
const WIDTH = A4.width - 2 * MARGIN
const FOOT = 26
const BOTTOM = A4.height - MARGIN - FOOT
const PADDING = 4
/** Points; nothing is smaller. */
const SIZES = { 1: 15, 2: 12, text: 10.5, tall: 11, cell: 9, foot: 8 } as const
const HEADS = { width: WIDTH, size: SIZES.cell, padding: PADDING }
/** A row is at most so high; a longer text is cut. */
const ROW = 150

/** Of one part: its languages, the first one that of its structure. */
type Languages = readonly [T, ...T[]]

/** A text in one language. */
interface Line {
  t: T
  text: string
}

/** What the words are in each language, each text once. */
function linesOf(languages: Languages, words: Words): Line[] {
  if (typeof words === 'string') return [{ t: languages[0], text: words }]
  const lines: Line[] = []
  for (const t of languages) {
    const text = words(t)
    if (lines.every((other) => other.text !== text)) lines.push({ t, text })
  }
  return lines
}

/** `title`: of the document, as a reader's window shows it. */
export function openPaper(title: string, first: T): Paper {
  const pdf = openTagged(title, first.language.tag)
  const whole = pdf.struct('Document')
  pdf.addStructure(whole)
  const pages: Languages[] = []
  let languages: Languages = [first]
  let part: Struct | undefined
  let headed: string | undefined
  let y = MARGIN

  const page = () => {
    pdf.addPage()
    const goesOn = pages.at(-1) === languages
    pages.push(languages)
    y = MARGIN
    if (headed === undefined || !goesOn) return
    const again = headed
    const height = setFont(pdf, 'bold', SIZES.cell).heightOfString(again, { width: WIDTH })
    const box = { x: MARGIN, y, width: WIDTH, height }
    asArtifact(pdf, () => fitText(pdf, again, box, { face: 'bold', sizes: [SIZES.cell] }))
    y += height + 6
  }
  const inPart = (): Struct => {
    if (!part) throw new Error('a part is begun before anything is written')
    return part
  }
  const room = (height: number) => {
    if (y + height > BOTTOM) page()
  }
  /** One block of text with its tag, over the whole width. */
  const block = (tag: string, words: Words, size: number, bold: boolean, after: number) => {
    const face = bold ? 'bold' : 'plain'
    const lines = linesOf(languages, words)
    const heights = lines.map(({ text }) => setFont(pdf, face, size).heightOfString(text, { width: WIDTH }))
    room(
      Math.min(
        heights.reduce((sum, height) => sum + height, 0),
        ROW,
      ),
    )
    addLines(pdf, inPart(), tag, lines, ({ text }, at) => {
      const box = { x: MARGIN, y, width: WIDTH, height: BOTTOM - y }
      fitText(pdf, text, box, { face, sizes: [size] })
      y += heights[at] ?? 0
    })
    y += after
  }

  return {
    part(next, again) {
      const [own = first, ...others] = 'language' in next ? [next] : next
      languages = [own, ...others]
      headed = again
      page()
      part?.end()
      part = pdf.struct('Sect', { lang: own.language.tag })
      whole.add(part)
    },
    heading: (level, words) => {
      if (level === 2) {
        // With the first row of a table below it.
        room(120)
        y += 8
      }
      block(`H${level}`, words, SIZES[level], true, 5)
    },
    text: (words, bold = false) => block('P', words, SIZES.text, bold, 4),
    table(given, rows, tall) {
      const columns = holdingHeads(pdf, HEADS, given, (text) => linesOf(languages, text))
      const grid = {
        pdf,
        languages,
        columns,
        table: pdf.struct('Table', { lang: languages[0].language.tag }),
      }
      const heads: Row = { cells: columns.map(({ text }) => text), face: 'bold', size: SIZES.cell, least: 12 }
      const height = rowHeight(grid, heads)
      room(height + 40)
      inPart().add(grid.table)
      y += drawRow(grid, y, heads, 'TH', height)
      for (const cells of rows) {
        const row: Row = {
          cells,
          face: 'plain',
          size: tall ? SIZES.tall : SIZES.cell,
          least: tall ?? 12,
        }
        const high = rowHeight(grid, row)
        if (y + high > BOTTOM) {
          page()
          y += drawRow(grid, y, heads, undefined, height)
        }
        y += drawRow(grid, y, row, 'TD', high)
      }
      grid.table.end()
      y += 8
    },
    signing(labels, hint) {
      room(labels.length * 44 + 10)
      y += 14
      for (const label of labels) {
        const last = languages.at(-1)
        const line = (t: T, text: string) => (t === last ? `${text}: ${'_'.repeat(30)}` : `${text}:`)
        block(
          'P',
          (t) => line(t, typeof label === 'string' ? label : label(t)),
          SIZES.text,
          false,
          hint ? 0 : 18,
        )
        if (hint) block('P', hint, SIZES.foot, false, 18)
      }
    },
    done() {
      part?.end()
      whole.end()
      drawFeet(pdf, pages)
      return pdfBytes(pdf)
    },
  }
}

/** Adds what is drawn of these lines: one as the tag itself, several as spans of it, each in its language. */
function addLines(
  pdf: Pdf,
  parent: Struct,
  tag: string,
  lines: readonly Line[],
  draw: (line: Line, at: number) => void,
  more: object = {},
): void {
  const [only] = lines
  if (only && lines.length === 1) {
    parent.add(pdf.struct(tag, { ...more, lang: only.t.language.tag }, () => draw(only, 0)))
    return
  }
  const own = pdf.struct(tag, more)
  parent.add(own)
  for (const [at, line] of lines.entries())
    own.add(pdf.struct('Span', { lang: line.t.language.tag }, () => draw(line, at)))
  own.end()
}

interface Grid {
  pdf: Pdf
  languages: Languages
  columns: readonly Column[]
  table: Struct
}

interface Row {
  cells: readonly Words[]
  face: 'plain' | 'bold'
  size: number
  /** Points, without padding. */
  least: number
}

const cellWidth = ({ share }: Column): number => WIDTH * share - 2 * PADDING

const lineHeight = ({ pdf }: Grid, { face, size }: Row, column: Column, { text }: Line): number =>
  setFont(pdf, face, size).heightOfString(text, { width: cellWidth(column) })

function rowHeight(grid: Grid, row: Row): number {
  const heights = grid.columns.map((column, at) =>
    linesOf(grid.languages, row.cells[at] ?? '').reduce(
      (sum, line) => sum + lineHeight(grid, row, column, line),
      0,
    ),
  )
  return Math.min(ROW, Math.max(row.least, ...heights)) + 2 * PADDING
}

/** `tag`: of the cells; without one the row says again what stood there, for the eye only. Returns its height. */
function drawRow(grid: Grid, y: number, row: Row, tag: 'TH' | 'TD' | undefined, height: number): number {
  const { pdf, languages, columns, table } = grid
  const boxes: Box[] = []
  let x = MARGIN
  for (const column of columns) {
    boxes.push({ x, y, width: WIDTH * column.share, height })
    x += WIDTH * column.share
  }
  asArtifact(pdf, () => {
    for (const box of boxes) pdf.lineWidth(0.5).rect(box.x, box.y, box.width, box.height).stroke('#555555')
    pdf.fillColor('black')
  })
  /** Writes a cell line by line, one below the other. */
  const writer = (at: number) => {
    const [box, column] = [boxes[at], columns[at]]
    let top = y + PADDING
    return (line: Line) => {
      if (!box || !column) return
      const own = { x: box.x + PADDING, y: top, width: cellWidth(column), height: y + height - PADDING - top }
      fitText(pdf, line.text, own, {
        face: row.face,
        sizes: [row.size],
        align: column.right ? 'right' : 'left',
      })
      top += lineHeight(grid, row, column, line)
    }
  }
  const linesAt = (at: number) => linesOf(languages, row.cells[at] ?? '')
  if (tag === undefined) asArtifact(pdf, () => columns.forEach((_, at) => linesAt(at).forEach(writer(at))))
  else {
    const own = pdf.struct('TR')
    table.add(own)
    // Its types do not know the scope of a heading.
    const more = tag === 'TH' ? { scope: 'Column' } : {}
    for (const at of columns.keys()) addLines(pdf, own, tag, linesAt(at), writer(at), more)
    own.end()
  }
  return height
}

/** For the eye only: a reader of the tags passes over it. */
function asArtifact(pdf: Pdf, draw: () => void): void {
  pdf.markContent('Artifact', { type: 'Layout' })
  draw()
  pdf.endMarkedContent()
}

/** `pages`: the languages of each; those of one part are one value. */
function drawFeet(pdf: Pdf, pages: readonly Languages[]): void {
  for (const [at, t] of pages.entries()) {
    const own = pages.flatMap((other, index) => (other === t ? [index] : []))
    const words = { page: own.indexOf(at) + 1, pages: own.length }
    pdf.switchToPage(at)
    asArtifact(pdf, () =>
      fitText(
        pdf,
        inEach(t, (t) => t('documents.page', words), ' · '),
        { x: MARGIN, y: A4.height - MARGIN - 12, width: WIDTH, height: 12 },
        { face: 'plain', sizes: [SIZES.foot], align: 'right' },
      ),
    )
  }
}
