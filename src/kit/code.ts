// A QR code as the path of a drawing.
import QRCode from 'qrcode'

/** SVG of the code of `text`, as sharp on paper as on the screen. */
export function codeOf(text: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  let path = ''
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`
  return `${modules.size} ${path}`
}
