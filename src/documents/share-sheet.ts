// The paper of a key holder: the share as text and QR, and the passphrase of its file. It goes into a sealed envelope.
import type { T } from '../i18n.ts'
import { inEach } from './in-each.ts'
import { A4, type Box, fitText, mm, openPdf, pdfBytes } from './pdf.ts'
import { drawQr } from './qr.ts'

/** `n` of `of` shares, of which `needed` open. `text`: the line itself. */
export type ShareSheet = {
  t: readonly [T, ...T[]]
  cycle: string
  n: number
  of: number
  needed: number
  text: string
  passphrase: string
}

const MARGIN = mm(20)
const WIDTH = A4.width - 2 * MARGIN
const SIDE = mm(70)

export function shareSheetPdf({
  t,
  cycle,
  n,
  of,
  needed,
  text,
  passphrase,
}: ShareSheet): Promise<Uint8Array> {
  const title = inEach(t, (t) => t('documents.share-title', { cycle, n, of }), ' · ')
  const pdf = openPdf(title)
  pdf.addPage()
  let y = MARGIN
  const write = (said: string, face: 'plain' | 'bold', size: number, height: number) => {
    const box: Box = { x: MARGIN, y, width: WIDTH, height }
    y += fitText(pdf, said, box, { face, sizes: [size, size - 2] }) + 10
  }
  write(
    inEach(t, (t) => t('documents.share-title', { cycle, n, of })),
    'bold',
    18,
    60,
  )
  write(
    inEach(t, (t) => t('documents.share-keep', { needed, of })),
    'plain',
    12,
    120,
  )
  write(
    inEach(t, (t) => t('documents.share-passphrase'), ' · '),
    'plain',
    12,
    30,
  )
  write(passphrase, 'bold', 20, 30)
  write(
    inEach(t, (t) => t('documents.share-text'), ' · '),
    'plain',
    12,
    30,
  )
  drawQr(pdf, text, MARGIN, y, SIDE)
  y += SIDE + 12
  write(text, 'plain', 11, 80)
  return pdfBytes(pdf)
}
