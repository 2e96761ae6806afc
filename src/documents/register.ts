// The register of a desk: who signs for which card. It has serials and no codes, so whoever holds it can vote for nobody.
import type { Localised } from '../core/localised.ts'
import type { T } from '../i18n.ts'
import { type NamedPlace, placeName } from '../words/place.ts'
import { inEach } from './in-each.ts'
import { A4, fitText, mm, openPdf, type Pdf, pdfBytes } from './pdf.ts'

export type RegisterVillage = {
  place: NamedPlace
  /** `register`: the number on the akimat's paper roll. */
  rows: readonly { register: number; serial: number | string }[]
}

export type Register = {
  /** The languages of the page, one or two, in their order. */
  t: readonly T[]
  title: Localised
  villages: readonly RegisterVillage[]
}

const MARGIN = mm(14)
const WIDTH = A4.width - 2 * MARGIN
const HEAD = 128
const HEAD_ROW = 30
const ROW = 23
const FOOT = 26
export const ROWS_PER_PAGE = Math.floor((A4.height - 2 * MARGIN - HEAD - FOOT) / ROW)

/** The lines to sign below the last row: height in rows. */
const CLOSING_ROWS = 6

const COLUMNS = [
  { text: 'documents.register-number', share: 0.17 },
  { text: 'documents.register-serial', share: 0.17 },
  { text: 'documents.register-signature', share: 0.44 },
  { text: 'documents.register-date', share: 0.22 },
] as const

/** Makes the register, a village after the other, rows by register number, pages numbered within the village. */
export function registerPdf(register: Register): Promise<Uint8Array> {
  const pdf = openPdf(register.t.map((t) => t('documents.register-title')).join(' · '))
  for (const village of register.villages) {
    const rows = [...village.rows].sort((a, b) => a.register - b.register)
    const pages = Math.max(1, Math.ceil((rows.length + CLOSING_ROWS) / ROWS_PER_PAGE))
    for (let page = 0; page < pages; page++) {
      pdf.addPage()
      drawHead(pdf, register, village)
      const part = rows.slice(page * ROWS_PER_PAGE, (page + 1) * ROWS_PER_PAGE)
      for (const [at, row] of part.entries())
        drawRow(pdf, MARGIN + HEAD + at * ROW, [[String(row.register)], [String(row.serial)]])
      if (page === pages - 1) drawClosing(pdf, register, rows.length, MARGIN + HEAD + part.length * ROW)
      drawFoot(pdf, register, page + 1, pages)
    }
  }
  return pdfBytes(pdf)
}

function drawHead(pdf: Pdf, { t, title }: Register, { place }: RegisterVillage): void {
  const line = (
    text: string,
    y: number,
    height: number,
    face: 'plain' | 'bold',
    ...sizes: [number, ...number[]]
  ) => fitText(pdf, text, { x: MARGIN, y: MARGIN + y, width: WIDTH, height }, { face, sizes })
  line(
    inEach(t, (t) => t('documents.register-title'), ' · '),
    0,
    15,
    'bold',
    11,
    9,
    7,
  )
  line(
    inEach(t, (t) => t.of(title)),
    16,
    24,
    'plain',
    9,
    8,
    7,
  )
  line(
    inEach(t, (t) => placeName(t, place)),
    42,
    28,
    'bold',
    10,
    9,
    8,
    7,
  )
  line(
    inEach(t, (t) => t('documents.register-note')),
    72,
    20,
    'plain',
    7.5,
    6.5,
  )
  drawRow(
    pdf,
    MARGIN + HEAD - HEAD_ROW,
    COLUMNS.map(({ text }) => t.map((t) => t(text))),
    HEAD_ROW,
  )
}

/** A row of boxes, a line of text for each language; the cells that are left over stay empty for the pen. */
function drawRow(pdf: Pdf, y: number, cells: readonly (readonly string[])[], height = ROW): void {
  let x = MARGIN
  for (const [at, { share }] of COLUMNS.entries()) {
    const width = WIDTH * share
    pdf.lineWidth(0.5).rect(x, y, width, height).stroke('black')
    const lines = cells[at] ?? []
    const sizes = height === ROW ? ([11, 9, 7] as const) : ([7.5, 6.5, 5.5] as const)
    for (const [number, text] of lines.entries()) {
      const room = (height - 6) / lines.length
      const box = { x: x + 4, y: y + 4 + number * room, width: width - 8, height: room }
      fitText(pdf, text, box, { face: 'plain', sizes, align: 'center' })
    }
    x += width
  }
}

function drawClosing(pdf: Pdf, { t }: Register, cards: number, top: number): void {
  for (const [at, text] of t.entries()) {
    const box = { x: MARGIN, y: top + 16 + at * 20, width: WIDTH, height: 14 }
    fitText(pdf, text('documents.register-sums', { n: cards }), box, { face: 'plain', sizes: [9, 8, 7] })
  }
  const below = top + 16 + t.length * 20 + 12
  for (const [at, who] of (
    ['documents.register-officer', 'documents.register-observer'] as const
  ).entries()) {
    const label = inEach(t, (t) => t(who), ' · ')
    const box = { x: MARGIN, y: below + at * 24, width: WIDTH, height: 14 }
    fitText(pdf, `${label}: ${'_'.repeat(34)}`, box, { face: 'plain', sizes: [9, 8, 7] })
  }
}

function drawFoot(pdf: Pdf, { t }: Register, page: number, pages: number): void {
  const text = inEach(t, (t) => t('documents.page', { page, pages }), ' · ')
  const box = { x: MARGIN, y: A4.height - MARGIN - 10, width: WIDTH, height: 12 }
  fitText(pdf, text, box, { face: 'plain', sizes: [8], align: 'right' })
}
