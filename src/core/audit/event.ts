// The closed list of what the log records, and its one spelling in bytes. No event carries personal data.
import { z } from 'zod'
import { fromUtf8, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import { fail, ok, type Result } from '../result.ts'
import { tallySchema } from './tally.ts'

const version = 'dauys-event-v1'

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
const hash = z.string().regex(/^[0-9a-f]{64}$/) // 32 bytes in lower-case hex
const count = z.int().nonnegative()
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/)
const by = z.union([z.enum(['clock', 'command']), hash]) // a hash is the account's, keyed
const staff = { account: hash, role: id, territory: id.exactOptional(), by }
const cards = { cycle: id, village: id, serials: count, list: hash, by }
const two = { by, second: hash } // who proposed, and the other official who confirmed
const tree = z.strictObject({ size: count, root: hash })

const eventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ballot'),
    cycle: id,
    village: id,
    channel: z.enum(['online', 'assisted', 'paper']),
    commitment: hash,
    box: hash,
  }),
  z.strictObject({ kind: z.literal('cycle-created'), at: time, cycle: id, by }),
  z.strictObject({
    kind: z.literal('phase'),
    at: time,
    cycle: id,
    from: id,
    to: id,
    by,
  }),
  z.strictObject({
    kind: z.literal('opened'),
    at: time,
    cycle: id,
    rules: hash,
    key: hash,
    seed: hash,
    closes_at: time.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('extended'), at: time, cycle: id, closes_at: time, by }),
  z.strictObject({ kind: z.literal('closed'), cycle: id }),
  z.strictObject({ kind: z.literal('granted'), at: time, ...staff, until: time.exactOptional() }),
  z.strictObject({ kind: z.literal('revoked'), at: time, ...staff }),
  z.strictObject({ kind: z.literal('cards-handed-over'), at: time, ...cards }),
  z.strictObject({ kind: z.literal('cards-reissued'), at: time, ...cards }),
  z.strictObject({ kind: z.literal('cards-returned'), at: time, ...cards }),
  z.strictObject({ kind: z.literal('cards-destroyed'), at: time, ...cards }),
  z.strictObject({
    kind: z.literal('card-moved'),
    at: time,
    cycle: id,
    village: id,
    was: hash,
    claim: hash,
    ...two,
  }),
  z.strictObject({
    kind: z.literal('roll-imported'),
    at: time,
    cycle: id,
    rows: z.record(id, count),
    file: hash,
    by,
  }),
  z.strictObject({
    kind: z.literal('roll-approved'),
    at: time,
    cycle: id,
    file: hash,
    by,
  }),
  z.strictObject({ kind: z.literal('claimed'), at: time, cycle: id, village: id, method: id, claim: hash }),
  z.strictObject({ kind: z.literal('claim-released'), at: time, cycle: id, village: id, claim: hash }),
  z.strictObject({
    kind: z.literal('way-changed'),
    at: time,
    cycle: id,
    village: id,
    way: z.enum(['open', 'desk', 'paper']),
    row: hash,
    by,
  }),
  z.strictObject({
    kind: z.literal('ballot-set-aside'),
    at: time,
    cycle: id,
    seq: count,
    leaf: hash,
    ...two,
  }),
  z.strictObject({ kind: z.literal('leaf-set-aside'), at: time, leaf: hash, ...two }),
  z.strictObject({ kind: z.literal('log-rollback-accepted'), at: time, signed: tree, stored: tree, ...two }),
  z.strictObject({
    kind: z.literal('counted'),
    at: time,
    cycle: id,
    village: id,
    pot: id,
    result: hash,
    ballots: tallySchema.exactOptional(),
    by,
  }),
  z.strictObject({ kind: z.literal('published'), at: time, cycle: id, result: hash, by }),
  z.strictObject({ kind: z.literal('exported'), at: time, cycle: id.exactOptional(), what: id, by }),
  z.strictObject({ kind: z.literal('account-erased'), at: time }),
])

/**
 * One act in the log. `at` is when it was done, so that the same act twice is two leaves (a ballot has its nonce, a close
 * comes once). Hashes, keys and commitments are 64 lower-case hex digits, times UTC ISO strings, ids at most 64
 * ASCII letters, digits, dots, dashes and underscores. `serials` is how many cards, `list` the SHA-256 of their list,
 * `rows` the rows of the roll per village, `file` the SHA-256 of the imported file, `account` a keyed hash. `claim` and `was` are
 * `claimHash`es, `row` the `rowBond` of a changed way; `ballots` says where the ballots of a counted village went.
 */
export type Event = z.infer<typeof eventSchema>
export type EventKind = Event['kind']

/**
 * The body of a leaf: the canonical JSON array `["dauys-event-v1",{…}]` in UTF-8, keys sorted, without spaces. Throws
 * when the event is not one of the closed list: that is our bug.
 */
export function encodeEvent(event: Event): Uint8Array {
  const checked: Json = eventSchema.parse(event)
  return utf8(canonicalJson([version, checked]))
}

/** Reads a leaf body back. `not-canonical`: it says something, but not in the one spelling that may be hashed. */
export function decodeEvent(
  body: Uint8Array,
): Result<Event, { kind: 'not-an-event' } | { kind: 'not-canonical' }> {
  const text = fromUtf8(body)
  const parsed = z
    .tuple([z.literal(version), eventSchema])
    .safeParse(text === undefined ? text : jsonOf(text))
  if (!parsed.success) return fail({ kind: 'not-an-event' })
  const [, event] = parsed.data
  return canonicalJson([version, event]) === text ? ok(event) : fail({ kind: 'not-canonical' })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
