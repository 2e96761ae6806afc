// Identifiers: UUIDs of random bytes, and in buttons and links 22 characters instead of 36.
import { toHex } from './bytes.ts'

/** A random UUID (version 4) of 16 random bytes. RangeError for any other number of them. */
export function uuidOf(random: Uint8Array): string {
  if (random.length !== 16) throw new RangeError('a UUID has 16 bytes')
  const bytes = Uint8Array.from(random)
  bytes[6] = ((random[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((random[8] ?? 0) & 0x3f) | 0x80
  return dashed(bytes)
}

const dashed = (bytes: Uint8Array): string => dashedHex(toHex(bytes))

const dashedHex = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Of each code of a letter of base64url its six bits; -1 for every other. */
const SIX_BITS = Int8Array.from({ length: 128 }, (_, code) => LETTERS.indexOf(String.fromCharCode(code)))
const HEX = Array.from({ length: 4096 }, (_, bits) => bits.toString(16).padStart(3, '0'))

/** A UUID in 22 characters of base64url. RangeError when it is not a UUID: ids come from us. */
export function packUuid(uuid: string): string {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) throw new RangeError('not a UUID')
  const hex = `${uuid.replaceAll('-', '')}0`
  let packed = ''
  for (let at = 0; at < hex.length; at += 3) {
    const bits = Number.parseInt(hex.slice(at, at + 3), 16)
    packed += LETTERS.charAt(bits >> 6) + LETTERS.charAt(bits & 63)
  }
  return packed
}

/** The lower-case UUID of 22 characters of base64url; `undefined` when malformed: packed ids come from anybody. */
export function unpackUuid(packed: string): string | undefined {
  if (packed.length !== 22) return undefined
  let hex = ''
  for (let at = 0; at < packed.length; at += 2) {
    const [one, two] = [sixBitsAt(packed, at), sixBitsAt(packed, at + 1)]
    if (one < 0 || two < 0) return undefined
    hex += HEX[one * 64 + two]
  }
  // 16 bytes are 32 digits: what is behind them has no bits.
  return hex.endsWith('0') ? dashedHex(hex.slice(0, 32)) : undefined
}

const sixBitsAt = (text: string, at: number): number => SIX_BITS[text.charCodeAt(at)] ?? -1
