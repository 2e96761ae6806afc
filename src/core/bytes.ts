// Bytes and text: hexadecimal, base64, base64url, UTF-8. Readers are strict and answer `undefined` to anything else.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

/** Lower-case hexadecimal. */
export const toHex = (bytes: Uint8Array): string => bytesToHex(bytes)

/** Reads hexadecimal of either case; `undefined` when it is not, or not `length` bytes when a length is given. */
export function fromHex(text: string, length?: number): Uint8Array | undefined {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) return undefined
  if (length !== undefined && text.length !== length * 2) return undefined
  return hexToBytes(text)
}

/** Base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** Reads padded base64; `undefined` unless it is exactly what `toBase64` would write. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  return toBase64(bytes) === text ? bytes : undefined
}

/** Base64 for addresses and buttons, without padding (RFC 4648, section 5). */
export const toBase64Url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** Reads unpadded base64url; `undefined` unless it is exactly what `toBase64Url` would write. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined
  const padded = text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4)
  return fromBase64(padded)
}

/** UTF-8 bytes of a text. A lone surrogate becomes U+FFFD, as TextEncoder does: what is hashed must be checked before. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

const encoder = new TextEncoder()
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads UTF-8 byte for byte (a byte order mark stays a letter); `undefined` when it is malformed. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

/** Joins byte strings, in order. */
export function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Same length and same bytes. Not constant-time: for public values, not for secrets. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}
