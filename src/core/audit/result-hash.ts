// The fingerprint of a counted village and of all that is published together.
import { sha256 } from '@noble/hashes/sha2.js'
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'

/** SHA-256 of the canonical JSON of a village's result, hex. `count` is made plain JSON first: absent options are left out. */
export function resultHash(cycle: string, village: string, ballots: number, count: unknown): string {
  const plain = JSON.parse(JSON.stringify(count)) as Json
  return toHex(sha256(utf8(canonicalJson({ cycle, village, ballots, count: plain }))))
}

/** SHA-256 over a line a village, `village hash`, in the order given (that of the territories' numbers), hex. */
export const publishedHash = (results: readonly { village: string; hash: string }[]): string =>
  toHex(sha256(utf8(results.map(({ village, hash }) => `${village} ${hash}\n`).join(''))))
