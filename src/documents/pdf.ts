// An A4 document in our fonts, text that shrinks to its box, and the finished bytes.
import PDFDocument from 'pdfkit'
import { fontSource } from './font-source.ts'
import type { FontFace } from './fonts.ts'

export type Pdf = PDFKit.PDFDocument

/** Points: 1/72 inch. */
export type Box = { x: number; y: number; width: number; height: number }

export const A4 = { width: 595.28, height: 841.89 } as const

/** Points of a length in millimetres. */
export const mm = (length: number): number => (length * 72) / 25.4

/** Opens a document without pages and margins. */
export function openPdf(title: string): Pdf {
  return withFonts(
    new PDFDocument({
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      font: NO_FONT,
      info: { Title: title, Creator: 'Dauys', Producer: 'Dauys' },
    }),
  )
}

/** The same, tagged for those who listen to it (PDF/UA-1); pages are kept until the end. `lang`: BCP 47. */
export function openTagged(title: string, lang: string): Pdf {
  return withFonts(
    new PDFDocument({
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      font: NO_FONT,
      info: { Title: title, Creator: 'Dauys', Producer: 'Dauys' },
      pdfVersion: '1.7',
      tagged: true,
      // Its types do not know it yet.
      subset: 'PDF/UA' as never,
      displayTitle: true,
      lang,
    }),
  )
}

/**
 * None before ours have names: the library would read one of its own from beside its source, which a bundle does not have; and a face that
 * it knows by its path already it would read anew, from the file to its tables, every time it is set by its name.
 */
// Its types do not know it.
const NO_FONT = null as never

const FACES: readonly FontFace[] = ['plain', 'bold', 'mono']

/** Each face by its name; it is read when it is first set. */
function withFonts(pdf: Pdf): Pdf {
  // Its types know no bytes here.
  for (const face of FACES) pdf.registerFont(face, fontSource(face) as string)
  return pdf
}

/** Chooses face and size (points) for the next text. */
export const setFont = (pdf: Pdf, face: FontFace, size: number): Pdf => pdf.font(face).fontSize(size)

/** Ends the document and hands back the file. */
export function pdfBytes(pdf: Pdf): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = []
    pdf.on('data', (part: Uint8Array) => parts.push(part))
    pdf.on('end', () => resolve(joined(parts)))
    pdf.on('error', reject)
    pdf.end()
  })
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

export type Sizes = readonly [number, ...number[]]

export type Fit = { face: FontFace; sizes: Sizes; align?: 'left' | 'right' | 'center' }

/** The first of the sizes in which the text fits into the box, else the last. */
function fittingSize(pdf: Pdf, text: string, box: Box, { face, sizes }: Fit): number {
  return sizes.find((size) => fits(pdf, text, box, size, face)) ?? sizes[sizes.length - 1] ?? sizes[0]
}

/** Whether a text of this size stands whole in the box. */
export const fits = (pdf: Pdf, text: string, box: Box, size: number, face: FontFace = 'plain'): boolean =>
  setFont(pdf, face, size).heightOfString(text, { width: box.width }) <= box.height

/** Writes a text into a box in the first of the sizes that fits; in the last one it is cut with an ellipsis. Returns its height. */
export function fitText(pdf: Pdf, text: string, box: Box, fit: Fit): number {
  setFont(pdf, fit.face, fittingSize(pdf, text, box, fit))
  pdf.text(text, box.x, box.y, {
    width: box.width,
    height: box.height + 1,
    align: fit.align ?? 'left',
    ellipsis: true,
  })
  return pdf.y - box.y
}
