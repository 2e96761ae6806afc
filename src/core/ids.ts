// Identifiers in buttons and links: a UUID in 22 characters instead of 36.
import { fromBase64Url, fromHex, toBase64Url, toHex } from './bytes.ts'

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
  return bytes && toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
