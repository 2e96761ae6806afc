// Width and height from the first bytes of a picture, as far as Telegram needs them: PNG, JPEG, GIF, WebP.

export interface Size {
  width: number
  height: number
  mime: string
  extension: string
}

function jpeg(data: Buffer): Size | undefined {
  let at = 2
  while (at + 9 < data.length) {
    if (data[at] !== 0xff) return undefined
    const marker = data[at + 1] as number
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return {
        height: data.readUInt16BE(at + 5),
        width: data.readUInt16BE(at + 7),
        mime: 'image/jpeg',
        extension: 'jpg',
      }
    at += 2 + data.readUInt16BE(at + 2)
  }
  return undefined
}

/** The size of the picture in `data`, or undefined when it is no picture. */
export function imageSize(data: Buffer): Size | undefined {
  if (data.length < 24) return undefined
  if (data.readUInt32BE(0) === 0x89504e47)
    return {
      width: data.readUInt32BE(16),
      height: data.readUInt32BE(20),
      mime: 'image/png',
      extension: 'png',
    }
  if (data.readUInt16BE(0) === 0xffd8) return jpeg(data)
  const head = data.toString('latin1', 0, 16)
  if (head.startsWith('GIF8'))
    return { width: data.readUInt16LE(6), height: data.readUInt16LE(8), mime: 'image/gif', extension: 'gif' }
  if (!head.startsWith('RIFF') || !head.startsWith('WEBP', 8)) return undefined
  const webp = { mime: 'image/webp', extension: 'webp' }
  if (head.endsWith('VP8X') && data.length >= 30)
    return { width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1, ...webp }
  if (head.endsWith('VP8 ') && data.length >= 30)
    return { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff, ...webp }
  const bits = data.length >= 25 ? data.readUInt32LE(21) : 0
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, ...webp }
}
