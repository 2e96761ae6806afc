// The fingerprint of a counted pot of a village, and of all that is published together.
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import type { Pot } from '../pot.ts'
import { sha256 } from '../sha256.ts'

export type CountedPot = { village: string; pot: Pot }

/**
 * SHA-256 of the canonical JSON of a pot's result, hex. `count` is made plain JSON first: absent options are left out. `salt`: its
 * `resultSalt`.
 */
export function resultHash(
  cycle: string,
  { village, pot }: CountedPot,
  ballots: number,
  count: unknown,
  salt: string,
): string {
  const plain = JSON.parse(JSON.stringify(count)) as Json
  return toHex(sha256(utf8(canonicalJson({ cycle, village, pot, ballots, count: plain, salt }))))
}

/** SHA-256 over a line a pot, `village pot hash`, in the order given (by the territories' numbers, then by pot), hex. */
export const publishedHash = (results: readonly (CountedPot & { hash: string })[]): string =>
  toHex(sha256(utf8(results.map(({ village, pot, hash }) => `${village} ${pot} ${hash}\n`).join(''))))
