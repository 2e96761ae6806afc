// What is published of a counted pot of a village, and its fingerprint, which stands in the leaf of the count.
import { z } from 'zod'
import { countedOf, type Tally, tallySchema } from '../audit/tally.ts'
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import type { Count } from '../counting/count.ts'
import { SHOWN_FROM, shownCount } from '../counting/shown.ts'
import type { Pot } from '../pot.ts'
import { sha256 } from '../sha256.ts'

const id = z.string().min(1)
const money = z.int().nonnegative()
const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const where = { village: id, pot: id, ballots: tallySchema }

export const shownPotSchema = z.union([
  z.strictObject({
    ...where,
    count: z.looseObject({ winners: z.array(id), spent: money, left: money }),
    salt: hex32.exactOptional(),
  }),
  z.strictObject({
    ...where,
    outcome: z.strictObject({ winners: z.array(id), spent: money, left: money }),
  }),
])

/**
 * `ballots`: where the ballots of the village went. `count`: the whole count, as plain JSON; where few voted there is the outcome only.
 * `salt`: the `resultSalt` of the pot, absent before the log has its result.
 */
export type ShownPot = z.infer<typeof shownPotSchema>

/** The ballots of a pot as they are published: a canonical list a line, sorted by their bytes, so that no place tells of a voter. */
export const shownList = (ballots: readonly string[]): string =>
  ballots
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map((ballot) => `${ballot}\n`)
    .join('')

/** What is published of a count; `salt` absent as in `ShownPot`. */
export function shownPot(
  pot: { village: string; pot: Pot },
  tally: Tally,
  count: Count,
  salt: string | undefined,
): ShownPot {
  const { village } = pot
  const said = { village, pot: pot.pot, ballots: tally }
  const shown = shownCount(count, countedOf(tally))
  if (shown.shows === 'winners') {
    const { winners, spent, left } = shown.count
    return { ...said, outcome: { winners: [...winners], spent, left } }
  }
  const plain = JSON.parse(JSON.stringify(count)) as Extract<ShownPot, { count: unknown }>['count']
  return { ...said, count: plain, ...(salt === undefined ? {} : { salt }) }
}

/** From so many counted ballots on, those of the paper box among them, a village's ballots are shown. */
export const isShown = (tally: Tally): boolean => countedOf(tally) >= SHOWN_FROM

/**
 * SHA-256 of the canonical JSON of the cycle, what is shown of a pot and the SHA-256 of its list (null where none is shown), hex. It covers
 * nothing that is not published, so it needs no salt.
 */
export function shownHash(cycle: string, shown: ShownPot, list: string | undefined): string {
  const fingerprint = list === undefined ? null : toHex(sha256(utf8(list)))
  return toHex(sha256(utf8(canonicalJson({ cycle, shown: shown as Json, list: fingerprint }))))
}
