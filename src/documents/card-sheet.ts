// Sheets of voter cards to cut and put into envelopes: four to an A4 page, each with its secret code.
import type { Localised } from '../core/localised.ts'
import { formatCardCode } from '../core/person.ts'
import type { T } from '../i18n.ts'
import { type Desk, deskOnPaper } from '../words/desk.ts'
import { type NamedPlace, placeName } from '../words/place.ts'
import { inEach } from './in-each.ts'
import { A4, type Box, type Fit, fits, fitText, mm, openPdf, type Pdf, pdfBytes, setFont } from './pdf.ts'
import { drawQr } from './qr.ts'

export type SheetVillage = {
  place: NamedPlace
  desk: Desk
  /** In the order of printing. `code`: 16 digits. */
  cards: readonly { serial: number | string; code: string }[]
}

export type CardSheet = {
  /** The languages of the card, one or two, in their order. */
  t: readonly T[]
  /** Name of the vote. */
  title: Localised
  /** User name of the bot, without @. */
  bot: string
  /** UTC ISO: when voting opens and closes, as far as that is known. */
  dates: { voting?: string | undefined; counting?: string | undefined }
  villages: readonly SheetVillage[]
}

const COLUMNS = 2
const ROWS = 2
export const CARDS_PER_PAGE = COLUMNS * ROWS

// A quarter of A4 is A6: it goes into the smallest usual envelope (C6) unfolded.
const MARGIN = mm(8)
const WIDTH = (A4.width - 2 * MARGIN) / COLUMNS
const HEIGHT = (A4.height - 2 * MARGIN) / ROWS
const PADDING = 10
const QR = 76
/** Height of what is said of the help desk. */
const DESK = 44
/** Points: nothing on a card is smaller, for it is read by old eyes too. */
const SMALLEST = 8

/** Makes the sheets; each village begins on a page of its own. Who prints does not hand out. */
export function cardSheetPdf(sheet: CardSheet): Promise<Uint8Array> {
  const pdf = openPdf(sheet.t.map((t) => t('documents.card-sheet')).join(' · '))
  for (const village of sheet.villages) {
    const pages = Math.ceil(village.cards.length / CARDS_PER_PAGE)
    for (let page = 0; page < pages; page++) {
      pdf.addPage()
      drawCutLines(pdf)
      drawPageLine(pdf, sheet, village, page + 1, pages)
      const cards = village.cards.slice(page * CARDS_PER_PAGE, (page + 1) * CARDS_PER_PAGE)
      for (const [at, card] of cards.entries()) {
        const x = MARGIN + (at % COLUMNS) * WIDTH
        const y = MARGIN + Math.floor(at / COLUMNS) * HEIGHT
        drawCard(pdf, sheet, village, card, { x, y, width: WIDTH, height: HEIGHT })
      }
    }
  }
  return pdfBytes(pdf)
}

function drawCutLines(pdf: Pdf): void {
  pdf.save().lineWidth(0.5).strokeColor('#777777').dash(3, { space: 3 })
  for (let column = 0; column <= COLUMNS; column++) {
    const x = MARGIN + column * WIDTH
    pdf.moveTo(x, MARGIN / 2).lineTo(x, A4.height - MARGIN / 2)
  }
  for (let row = 0; row <= ROWS; row++) {
    const y = MARGIN + row * HEIGHT
    pdf.moveTo(MARGIN / 2, y).lineTo(A4.width - MARGIN / 2, y)
  }
  pdf.stroke().restore()
}

/** In the margin that is cut off: what keeps the sheets of villages apart. */
function drawPageLine(
  pdf: Pdf,
  { t }: CardSheet,
  { place }: SheetVillage,
  page: number,
  pages: number,
): void {
  const [first] = t
  if (!first) return
  const box = { x: MARGIN + 6, y: MARGIN - 13, width: A4.width - 2 * MARGIN - 12, height: 10 }
  fitText(pdf, `${placeName(first, place)} · ${page} / ${pages}`, box, {
    face: 'plain',
    sizes: [SMALLEST],
    align: 'center',
  })
}

function drawCard(
  pdf: Pdf,
  { t, title, bot, dates }: CardSheet,
  { place, desk }: SheetVillage,
  { serial, code }: SheetVillage['cards'][number],
  cell: Box,
): void {
  const left = cell.x + PADDING
  const width = cell.width - 2 * PADDING
  const bottom = cell.y + cell.height - PADDING
  const serialWidth = 62
  const number = { x: left + width - serialWidth, y: cell.y + PADDING, width: serialWidth, height: 18 }
  fitText(pdf, `№\u00a0${serial}`, number, { face: 'bold', sizes: [13, 10, SMALLEST], align: 'right' })
  let y = cell.y + PADDING
  /** Writes one block after the other, in each language; each begins where the one before ended. */
  const next = (text: (t: T) => string, height: number, fit: Omit<Fit, 'align'>, room = width) => {
    y += fitText(pdf, inEach(t, text), { x: left, y, width: room, height }, fit)
  }
  next((t) => t.of(title), 50, { face: 'bold', sizes: [10, 9, SMALLEST] }, width - serialWidth - 6)
  y += 4
  next((t) => placeName(t, place), 64, { face: 'plain', sizes: [10, 9, SMALLEST] })

  y = Math.max(y + 8, cell.y + 104)
  pdf.save().roundedRect(left, y, width, 30, 4).lineWidth(0.8).strokeColor('black').stroke().restore()
  setFont(pdf, 'mono', 20.5)
  pdf.text(formatCardCode(code), left, y + 4, { width, align: 'center', lineBreak: false })
  y += 37
  next((t) => untilLine(t, dates), 50, { face: 'bold', sizes: [9, SMALLEST] })
  y += 7

  drawQr(pdf, `https://t.me/${bot}?start=c_${code}`, left + width - QR, y, QR)
  const how = t.map((t) => `${t('documents.card-how', { bot })}\n${t('documents.card-secret')}`)
  const room = { x: left, y, width: width - QR - 8, height: bottom - DESK - 4 - y }
  const apart = how.join('\n\n')
  const body = fits(pdf, apart, room, SMALLEST) ? apart : how.join('\n')
  fitText(pdf, body, room, { face: 'plain', sizes: [10, 9.5, 9, 8.5, SMALLEST] })
  y = bottom - DESK
  next((t) => t('documents.card-desk', { desk: deskOnPaper(t, desk) }), DESK, {
    face: 'plain',
    sizes: [9, SMALLEST],
  })
}

/** From when until when one may vote, as far as the cycle has dates. */
function untilLine(t: T, { voting, counting }: CardSheet['dates']): string {
  if (counting === undefined) return t('documents.card-no-dates')
  const [from, to] = [voting ?? counting, counting].map((moment) => t.moment(moment).replace(/ /g, '\u00a0'))
  const facts = { from: from ?? '', to: to ?? '' }
  return t(voting === undefined ? 'documents.card-until' : 'documents.card-dates', facts)
}
