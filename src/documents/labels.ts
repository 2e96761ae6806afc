// A label for each envelope: the card's number and its village outside, so that the desk finds it unopened. No code is on it.
import type { Localised } from '../core/localised.ts'
import type { T } from '../i18n.ts'
import { type NamedPlace, placeName } from '../words/place.ts'
import { inEach } from './in-each.ts'
import { A4, type Box, fits, fitText, mm, openPdf, type Pdf, pdfBytes } from './pdf.ts'

export type Labels = {
  /** The languages of the label, one or two, in their order. */
  t: readonly T[]
  title: Localised
  /** `serials`: in the order of the sheets of cards, so that the next card goes into the next envelope. */
  villages: readonly { place: NamedPlace; serials: readonly (number | string)[] }[]
}

const COLUMNS = 2
const ROWS = 8
export const LABELS_PER_PAGE = COLUMNS * ROWS

// Sheets of 16 labels, 105 × 37 mm, that every stationer has; plain paper is cut along the same lines.
const WIDTH = A4.width / COLUMNS
const HEIGHT = A4.height / ROWS
const PADDING = mm(4)
/** Points: room of the number, up to four digits. */
const NUMBER = 68

/** Makes the sheets; each village begins on a page of its own. */
export function labelsPdf(labels: Labels): Promise<Uint8Array> {
  const pdf = openPdf(labels.t.map((t) => t('documents.label-title')).join(' · '))
  for (const { place, serials } of labels.villages) {
    for (const [at, serial] of serials.entries()) {
      const cell = at % LABELS_PER_PAGE
      if (cell === 0) pdf.addPage()
      const x = (cell % COLUMNS) * WIDTH + PADDING
      const y = Math.floor(cell / COLUMNS) * HEIGHT + PADDING
      drawLabel(pdf, labels, place, serial, {
        x,
        y,
        width: WIDTH - 2 * PADDING,
        height: HEIGHT - 2 * PADDING,
      })
    }
  }
  return pdfBytes(pdf)
}

function drawLabel(
  pdf: Pdf,
  { t, title }: Labels,
  place: NamedPlace,
  serial: number | string,
  box: Box,
): void {
  const { x, y, width, height } = box
  const number = { x, y, width: NUMBER, height: 30 }
  fitText(pdf, `№\u00a0${serial}`, number, { face: 'bold', sizes: [20, 16, 12] })
  const left = x + NUMBER + 6
  const room = { x: left, y, width: width - NUMBER - 6, height }
  const name = inEach(t, (t) => placeName(t, place))
  const below = y + fitText(pdf, name, room, { face: 'plain', sizes: [10, 9, 8] }) + 2
  // The village tells envelopes apart; the name of the vote comes in as many languages as fit.
  const rest = { ...room, y: below, height: y + height - below }
  const vote = [inEach(t, (t) => t.of(title)), t[0]?.of(title) ?? ''].find((text) => fits(pdf, text, rest, 8))
  if (vote !== undefined) fitText(pdf, vote, rest, { face: 'plain', sizes: [9, 8] })
}
