// The picture that a messenger shows beside the link of a vote or a village, while there is no result to draw.
import type { Localised } from '../core/localised.ts'
import type { T } from '../i18n.ts'
import { openRuler } from './text-width.ts'
import { INK, MARGIN, PALE, text } from './picture-parts.ts'

export interface SharePicture {
  title: Localised
  /** The village with all that it lies in; absent for a whole vote. */
  village?: string
  /** Small lines: budget, dates, that it is a practice. */
  notes: readonly string[]
}

const WIDTH = 1200
const HEIGHT = 630

/** SVG, 1200 × 630 px. */
export function sharePictureSvg(t: T, { title, village, notes }: SharePicture): string {
  const ruler = openRuler()
  const room = WIDTH - 2 * MARGIN
  const parts: string[] = []
  let y = 150
  const write = (content: string, size: number, lines: number, fill: string, bold: boolean) => {
    for (const part of ruler.wrap(content, size, room, lines, bold)) {
      parts.push(text(part, { x: MARGIN, y, size, fill, bold }))
      y += Math.round(size * 1.3)
    }
    y += 14
  }
  write(t.of(title), 58, 2, INK, true)
  if (village !== undefined) write(village, 46, 2, '#0e5a43', true)
  for (const note of notes) write(note, 34, 1, PALE, false)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="DejaVu Sans, Verdana, sans-serif">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fbfaf6"/>`,
    `<rect width="${WIDTH}" height="24" fill="#1b7f5f"/>`,
    ...parts,
    text('Dauys', { x: WIDTH - MARGIN, y: HEIGHT - 40, size: 30, fill: PALE, end: true }),
    '</svg>\n',
  ].join('\n')
}
