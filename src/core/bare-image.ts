// A picture without what it tells besides itself: where it was taken, by which phone, whose name stands in it.
const JPEG = [0xff, 0xd8, 0xff] as const
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const

export interface BareImage {
  type: 'jpg' | 'png'
  bytes: Uint8Array
}

/**
 * The same picture with only what draws it: of a JPEG its APP1 (EXIF with the position, XMP) and every other note is left out, of a PNG
 * every chunk that is no picture; what stands behind its end goes too. Undefined: it is neither, or torn. Which way up a camera held it goes
 * as well; Telegram turns a photo when it takes one. (ISO/IEC 10918-1 annex B; PNG third edition, 5 and 11.)
 */
export function bareImage(bytes: Uint8Array): BareImage | undefined {
  const type = begins(bytes, JPEG) ? 'jpg' : begins(bytes, PNG) ? 'png' : undefined
  const kept = type === 'jpg' ? jpegParts(bytes) : type === 'png' ? pngParts(bytes) : undefined
  return type && kept && { type, bytes: joined(kept) }
}

const begins = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, at) => bytes[at] === byte)

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const letters = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to))

const [SOS, EOI, COMMENT] = [0xda, 0xd9, 0xfe]

function jpegParts(bytes: Uint8Array): Uint8Array[] | undefined {
  const parts = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 3 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) at++
    else {
      const end = at + 2 + twoBytes(bytes, at + 2)
      if (end < at + 4 || end > bytes.length) return undefined
      const until = marker === SOS ? endOfScan(bytes, end) : end
      if (draws(bytes, marker, at + 4)) parts.push(bytes.subarray(at, until))
      at = until
      if (bytes[at] === 0xff && bytes[at + 1] === EOI) return [...parts, bytes.subarray(at, at + 2)]
    }
  }
  return undefined
}

const twoBytes = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

/** Of the application segments: JFIF, a colour profile, Adobe's colour transform. Everything that is none, but for remarks. */
function draws(bytes: Uint8Array, marker: number, from: number): boolean {
  if (marker === COMMENT) return false
  if (marker < 0xe0 || marker > 0xef) return true
  return marker === 0xe0 || marker === 0xee || (marker === 0xe2 && letters(bytes, from, from + 4) === 'ICC_')
}

/** The next marker that is no part of the picture's data. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1] ?? 0
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

const CHUNKS = /^(?:[A-Z]{4}|tRNS|gAMA|cHRM|sRGB|iCCP|sBIT|pHYs|bKGD)$/

function pngParts(bytes: Uint8Array): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts = [bytes.subarray(0, PNG.length)]
  let at: number = PNG.length
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return undefined
    const name = letters(bytes, at + 4, at + 8)
    if (CHUNKS.test(name)) parts.push(bytes.subarray(at, end))
    if (name === 'IEND') return parts
    at = end
  }
  return undefined
}
