// A QR code drawn as shapes, sharp at any size.
import QRCode from 'qrcode'
import type { Pdf } from './pdf.ts'

/** Draws the code of `text` as a square of `side` points; the white margin around it is the caller's. */
export function drawQr(pdf: Pdf, text: string, x: number, y: number, side: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const step = side / modules.size
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue
      const first = column
      while (column + 1 < modules.size && modules.get(row, column + 1)) column++
      pdf.rect(x + first * step, y + row * step, (column + 1 - first) * step, step)
    }
  }
  pdf.fill('black')
}
