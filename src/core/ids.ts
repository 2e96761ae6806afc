// Identifiers: UUIDs of random bytes, and in buttons and links 22 characters instead of 36.
import { fromBase64Url, fromHex, toBase64Url, toHex } from './bytes.ts'

/** A random UUID (version 4) of 16 random bytes. RangeError for any other number of them. */
export function uuidOf(random: Uint8Array): string {
  if (random.length !== 16) throw new RangeError('a UUID has 16 bytes')
  const bytes = Uint8Array.from(random)
  bytes[6] = ((random[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((random[8] ?? 0) & 0x3f) | 0x80
  return dashed(bytes)
}

const dashed = (bytes: Uint8Array): string =>
  toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** A UUID in 22 characters of base64url. RangeError when it is not a UUID: ids come from us. */
export function packUuid(uuid: string): string {
  const bytes = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)
    ? fromHex(uuid.replaceAll('-', ''), 16)
    : undefined
  if (!bytes) throw new RangeError('not a UUID')
  return toBase64Url(bytes)
}

/** The lower-case UUID of 22 characters of base64url; `undefined` when malformed: packed ids come from anybody. */
export function unpackUuid(packed: string): string | undefined {
  if (packed.length !== 22) return undefined
  const bytes = fromBase64Url(packed)
  return bytes && dashed(bytes)
}
