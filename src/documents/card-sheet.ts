// Sheets of voter cards to cut and put into envelopes: eight to an A4 page, each with its secret code.
import type { Localised } from '../core/localised.ts'
import { formatCardCode } from '../core/person.ts'
import type { T } from '../i18n.ts'
import { type Desk, deskOnPaper } from '../words/desk.ts'
import { type NamedPlace, placeName } from '../words/place.ts'
import { inEach } from './in-each.ts'
import { A4, type Box, fitText, fittingSize, mm, openPdf, type Pdf, pdfBytes, setFont } from './pdf.ts'
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
  villages: readonly SheetVillage[]
}

const COLUMNS = 2
const ROWS = 4
export const CARDS_PER_PAGE = COLUMNS * ROWS

const MARGIN = mm(8)
const WIDTH = (A4.width - 2 * MARGIN) / COLUMNS
const HEIGHT = (A4.height - 2 * MARGIN) / ROWS
const PADDING = 11
const QR = 74

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
  const box = { x: MARGIN + 6, y: MARGIN - 11, width: A4.width - 2 * MARGIN - 12, height: 8 }
  fitText(pdf, `${placeName(first, place)} · ${page} / ${pages}`, box, {
    face: 'plain',
    sizes: [6],
    align: 'center',
  })
}

function drawCard(
  pdf: Pdf,
  { t, title, bot }: CardSheet,
  { place, desk }: SheetVillage,
  { serial, code }: SheetVillage['cards'][number],
  cell: Box,
): void {
  const left = cell.x + PADDING
  const width = cell.width - 2 * PADDING
  const top = cell.y + PADDING - 2
  const serialWidth = 62
  fitText(
    pdf,
    `№\u00a0${serial}`,
    { x: left + width - serialWidth, y: top, width: serialWidth, height: 16 },
    {
      face: 'bold',
      sizes: [12, 10, 8],
      align: 'right',
    },
  )

  const titleBox = { x: left, y: top, width: width - serialWidth - 4, height: 30 }
  const titleSizes = [8.5, 7.5, 7, 6.5, 6, 5.5, 5, 4.5] as const
  const placeTop =
    top +
    1 +
    fitText(
      pdf,
      inEach(t, (t) => t.of(title)),
      titleBox,
      { face: 'bold', sizes: titleSizes },
    )
  const placeBox = { x: left, y: placeTop, width, height: top + 49 - placeTop }
  fitText(
    pdf,
    inEach(t, (t) => placeName(t, place)),
    placeBox,
    { face: 'plain', sizes: [7.5, 7, 6.5, 6, 5.5] },
  )

  const codeTop = cell.y + 60
  pdf.save().roundedRect(left, codeTop, width, 27, 4).lineWidth(0.8).strokeColor('black').stroke().restore()
  setFont(pdf, 'mono', 20.5)
  pdf.text(formatCardCode(code), left, codeTop + 2, { width, align: 'center', lineBreak: false })

  const bodyTop = codeTop + 33
  const deskTop = cell.y + cell.height - PADDING - 15
  drawQr(pdf, `https://t.me/${bot}?start=c_${code}`, left + width - QR, bodyTop, QR)
  const room = { x: left, y: bodyTop, width: width - QR - 8, height: (deskTop - bodyTop - 2) / t.length }
  const lines = t.map((t) => `${t('documents.card-how', { bot })}\n${t('documents.card-secret')}`)
  const size = fittingSize(pdf, lines, room, { face: 'plain', sizes: [7.5, 7, 6.75, 6.5, 6.25, 6, 5.5, 5] })
  for (const [at, text] of lines.entries()) {
    fitText(pdf, text, { ...room, y: bodyTop + at * room.height }, { face: 'plain', sizes: [size] })
  }
  const deskLines = inEach(t, (t) => t('documents.card-desk', { desk: deskOnPaper(t, desk) }))
  const deskBox = { x: left, y: deskTop, width, height: 18 }
  fitText(pdf, deskLines, deskBox, { face: 'plain', sizes: [7, 6.5, 6, 5.5, 5] })
}
