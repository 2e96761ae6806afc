// Blocks of text and pictures at fixed places of a page, tagged for those who listen, each in its own language.
import type { T } from '../i18n.ts'
import { type Box, type Fit, fitText, openTagged, type Pdf, pdfBytes } from './pdf.ts'
import { drawQr } from './qr.ts'

export interface Spoken {
  pdf: Pdf
  page(size: 'A4' | 'A5'): void
  /** Returns the height of the text. */
  say(tag: 'H1' | 'H2' | 'P', t: T, text: string, box: Box, fit: Fit): number
  /** A QR code; `alt`: what it leads to. */
  qr(t: T, link: string, x: number, y: number, side: number, alt: string): void
  /** Drawn for the eye only. */
  artifact(draw: () => void): void
  done(): Promise<Uint8Array>
}

export function openSpoken(title: string, first: T): Spoken {
  const pdf = openTagged(title, first.language.tag)
  const whole = pdf.struct('Document')
  pdf.addStructure(whole)
  return {
    pdf,
    page: (size) => void pdf.addPage({ size, margin: 0 }),
    say(tag, t, text, box, fit) {
      let height = 0
      const draw = () => {
        height = fitText(pdf, text, box, fit)
      }
      whole.add(pdf.struct(tag, { lang: t.language.tag }, draw))
      return height
    },
    qr(t, link, x, y, side, alt) {
      // Its types do not know the box of a figure.
      const options: { lang: string; alt: string; bbox: readonly number[] } = {
        lang: t.language.tag,
        alt,
        bbox: [x, y, x + side, y + side],
      }
      whole.add(pdf.struct('Figure', options, () => drawQr(pdf, link, x, y, side)))
    },
    artifact(draw) {
      pdf.markContent('Artifact', { type: 'Layout' })
      draw()
      pdf.endMarkedContent()
    },
    done() {
      whole.end()
      return pdfBytes(pdf)
    },
  }
}
