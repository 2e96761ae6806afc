// 300+: one closed list. The closed list of what the log records, and its one spelling in bytes. No event carries personal data.
import { z } from 'zod'
import { fromUtf8, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import { fail, ok, type Result } from '../result.ts'
import { CHANNELS, HASH, ID, isFrequentEvent, spelledBallot, TIME, VERSION } from './event-words.ts'
import { tallySchema } from './tally.ts'
import { testSchema } from './tests.ts'

const id = z.string().regex(new RegExp(`^${ID}$`))
const hash = z.string().regex(new RegExp(`^${HASH}$`))
const count = z.int().nonnegative()
const chat = z.string().regex(/^-?\d{1,20}$/)
const time = z.string().regex(new RegExp(`^${TIME}$`))
const by = z.union([z.enum(['clock', 'command']), hash]) // a hash is the account's, keyed
const staff = { account: hash, role: id, territory: id.exactOptional(), by }
const cards = { cycle: id, village: id, serials: count, list: hash, by }
/** Ten dice at least: what they say is 25 bits and more. */
export const DICE = /^[1-6]{10,40}$/
const two = { by, second: hash } // who proposed, and the other official who confirmed
/** As in a key of C2SP: no spaces and no plus. */
export const WITNESS = /^[\x21-\x2a\x2c-\x7e]{1,128}$/
const witness = z.string().regex(WITNESS)
const tree = z.strictObject({ size: count, root: hash })

const eventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ballot'),
    cycle: id,
    village: id,
    channel: z.enum(CHANNELS),
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
    second: hash.exactOptional(),
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
  z.strictObject({
    kind: z.literal('extended'),
    at: time,
    cycle: id,
    closes_at: time,
    by,
    second: hash.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('telegram-away'),
    at: time,
    cycle: id,
    from: time,
    until: time,
    closes_at: time.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('suspended'), at: time, cycle: id, reason: hash, ...two }),
  z.strictObject({ kind: z.literal('resumed'), at: time, cycle: id, closes_at: time, ...two }),
  z.strictObject({ kind: z.literal('voided'), at: time, cycle: id, reason: hash, ...two }),
  z.strictObject({ kind: z.literal('closed'), cycle: id }),
  z.strictObject({
    kind: z.literal('granted'),
    at: time,
    ...staff,
    until: time.exactOptional(),
    second: hash.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('revoked'), at: time, ...staff }),
  z.strictObject({ kind: z.literal('cards-printed'), at: time, ...cards }),
  z.strictObject({
    kind: z.literal('cards-handed-over'),
    at: time,
    ...cards,
    alone: z.literal(true).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('cards-reissued'), at: time, ...cards, second: hash.exactOptional() }),
  z.strictObject({ kind: z.literal('cards-returned'), at: time, ...cards }),
  z.strictObject({ kind: z.literal('cards-destroyed'), at: time, ...cards }),
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
    rows: z.record(id, count),
    file: hash,
    ...two,
  }),
  z.strictObject({ kind: z.literal('claimed'), at: time, cycle: id, village: id, method: id, claim: hash }),
  z.strictObject({ kind: z.literal('person-checked'), at: time, cycle: id, village: id, row: hash, by }),
  z.strictObject({
    kind: z.literal('facilitator-named'),
    at: time,
    cycle: id,
    village: id,
    account: hash,
    until: time,
    by,
    second: hash.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('facilitator-ended'),
    at: time,
    cycle: id,
    village: id,
    account: hash,
    by,
  }),
  z.strictObject({
    kind: z.literal('assist-opened'),
    at: time,
    cycle: id,
    village: id,
    method: id,
    row: hash,
    by: hash,
  }),
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
    kind: z.literal('paper-entered'),
    at: time,
    cycle: id,
    village: id,
    ballots: count,
    spoiled: count,
    returned: count,
    marks: count,
    commitment: hash,
    box: hash,
    ...two,
  }),
  z.strictObject({ kind: z.literal('paper-explained'), at: time, cycle: id, village: id, note: hash, by }),
  z.strictObject({ kind: z.literal('own-vote-told'), at: time, cycle: id, village: id, by }),
  z.strictObject({
    kind: z.literal('ballot-set-aside'),
    at: time,
    cycle: id,
    seq: count,
    leaf: hash,
    ...two,
  }),
  z.strictObject({ kind: z.literal('tests-sealed'), at: time, cycle: id, tests: count, list: hash, by }),
  z.strictObject({
    kind: z.literal('tests-opened'),
    at: time,
    cycle: id,
    list: hash,
    salt: hash,
    tests: z.array(testSchema),
    ballots: z.array(count),
    by,
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
    shown: hash.exactOptional(),
    seed: hash.exactOptional(),
    by,
  }),
  z.strictObject({
    kind: z.literal('published'),
    at: time,
    cycle: id,
    result: hash,
    by,
    second: hash.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('exported'), at: time, cycle: id.exactOptional(), what: id, by }),
  z.strictObject({
    kind: z.literal('idea-decided'),
    at: time,
    cycle: id,
    village: id,
    idea: count,
    decision: id,
    from: id,
    to: id,
    before: hash,
    after: hash,
    cost: count.exactOptional(),
    into: count.exactOptional(),
    by,
  }),
  z.strictObject({
    kind: z.literal('ideas-apart'),
    at: time,
    cycle: id,
    village: id,
    first: count,
    second: count,
    by,
  }),
  z.strictObject({
    kind: z.literal('author-muted'),
    at: time,
    cycle: id,
    village: id,
    idea: count,
    until: time,
    by,
  }),
  z.strictObject({ kind: z.literal('author-unmuted'), at: time, cycle: id, village: id, idea: count, by }),
  z.strictObject({ kind: z.literal('room-bound'), at: time, cycle: id, territory: id.exactOptional(), by }),
  z.strictObject({
    kind: z.literal('room-released'),
    at: time,
    cycle: id,
    territory: id.exactOptional(),
    by,
  }),
  z.strictObject({
    kind: z.literal('channel-bound'),
    at: time,
    cycle: id,
    territory: id.exactOptional(),
    channel: chat,
    by,
  }),
  z.strictObject({
    kind: z.literal('channel-released'),
    at: time,
    cycle: id,
    territory: id.exactOptional(),
    channel: chat,
    by,
  }),
  z.strictObject({
    kind: z.literal('question-settled'),
    at: time,
    cycle: id,
    village: id,
    question: count,
    /** The number of one of the two. */
    project: count.exactOptional(),
    idea: count.exactOptional(),
    to: id,
    reply: hash,
    by,
  }),
  z.strictObject({
    kind: z.literal('meeting-cancelled'),
    at: time,
    cycle: id,
    village: id,
    meets: time,
    by,
  }),
  z.strictObject({
    kind: z.literal('meeting-set'),
    at: time,
    cycle: id,
    village: id,
    meets: time,
    place: hash,
    by,
  }),
  z.strictObject({ kind: z.literal('hands-counted'), at: time, cycle: id, village: id, hands: hash, ...two }),
  z.strictObject({ kind: z.literal('needs-published'), at: time, cycle: id, village: id, result: hash, by }),
  z.strictObject({
    kind: z.literal('milestone-kept'),
    at: time,
    cycle: id,
    village: id,
    project: count,
    milestone: count,
    facts: hash,
    by,
  }),
  z.strictObject({
    kind: z.literal('work-photo-added'),
    at: time,
    cycle: id,
    village: id,
    project: count,
    milestone: count,
    by,
  }),
  z.strictObject({
    kind: z.literal('work-built'),
    at: time,
    cycle: id,
    village: id,
    project: count,
    round: count,
    reply: hash.exactOptional(),
    by,
  }),
  z.strictObject({
    kind: z.literal('announced'),
    at: time,
    cycle: id,
    announcement: count,
    content: hash,
    starts: time.exactOptional(),
    by,
    second: hash.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('announcement-moved'),
    at: time,
    cycle: id,
    announcement: count,
    to: id,
    by,
  }),
  z.strictObject({
    kind: z.literal('projects-imported'),
    at: time,
    cycle: id,
    projects: z.record(id, count),
    list: hash,
    by,
  }),
  z.strictObject({
    kind: z.literal('result-changed'),
    at: time,
    cycle: id,
    village: id,
    project: count,
    change: z.enum(['dropped', 'cheaper', 'outside']),
    cost: count.exactOptional(),
    reason: hash,
    ...two,
  }),
  z.strictObject({ kind: z.literal('keys-brought'), at: time, cycle: id, key: hash, seed: hash, by }),
  z.strictObject({ kind: z.literal('keys-rehearsed'), at: time, cycle: id, key: hash, by }),
  z.strictObject({ kind: z.literal('dice-thrown'), at: time, cycle: id, dice: z.string().regex(DICE), by }),
  z.strictObject({ kind: z.literal('sample-dice'), at: time, cycle: id, dice: z.string().regex(DICE), by }),
  z.strictObject({
    kind: z.literal('sample-drawn'),
    at: time,
    cycle: id,
    dice: z.string().regex(DICE),
    leaves: z.array(count).max(300),
  }),
  z.strictObject({ kind: z.literal('witness-added'), cycle: id, name: witness, key: hash, by }),
  z.strictObject({
    kind: z.literal('cosigned'),
    cycle: id,
    size: count,
    key: hash,
    time: count,
    signature: z.string().regex(/^[0-9a-f]{128}$/),
  }),
  z.strictObject({
    kind: z.literal('people-trained'),
    at: time,
    cycle: id,
    on: z.string().regex(/^20\d\d-\d\d-\d\d$/),
    people: count,
    women: count.exactOptional(),
    by,
  }),
  z.strictObject({ kind: z.literal('review-opened'), at: time, cycle: id, village: id, ...two }),
  z.strictObject({ kind: z.literal('review-closed'), at: time, cycle: id, village: id, ...two }),
  z.strictObject({ kind: z.literal('pressure-reported'), cycle: id, village: id, number: count }),
  z.strictObject({ kind: z.literal('forgotten'), at: time, cycle: id, ...two }),
  z.strictObject({ kind: z.literal('account-erased'), at: time }),
])

const bodySchema = z.tuple([z.literal(VERSION), eventSchema])

/**
 * One act in the log. `at` is when it was done, so that the same act twice is two leaves (a ballot has its nonce, a close
 * comes once). Hashes, keys and commitments are 64 lower-case hex digits, times UTC ISO strings, ids at most 64
 * ASCII letters, digits, dots, dashes and underscores. `serials` is how many cards, `list` the SHA-256 of their list,
 * `alone` that who printed some of them handed them over, for want of another official;
 * `rows` the rows per village that are new on the roll (of a proposal: that would be), `file` the SHA-256 of the imported file, `account` a keyed hash. `claim` is a
 * `claimHash`, `row` the `rowBond` of a changed way, of a row whose document the desk saw, or whose person a facilitator helps; `ballots` says where the ballots of a counted village went, `shown` is
 * the `shownHash` of what is published of it, `seed` what was drawn before voting opened. `before` and `after` are
 * `ideaHash`es, `cost` whole tenge, `into` the number of the idea that this one was merged into. `question` counts through the
 * installation, `project` is its number on the village's list, `reply` a `replyHash`.
 * `from` and `until`: as long Telegram was away, `closes_at` only where that moves the close.
 * `reason`: a `reasonHash`; `second`: the other official, where two did it.
 * `facts` is a `milestoneHash`, `round` how many times an official said that the work is built.
 * `people` were trained `on` a day, `women` among them; what is said of a day later takes the place of it.
 * `review-opened` and `review-closed`: two people put the vote of a village under review, or end that; why is said to auditors alone.
 * `number` of a report of pressure counts through the installation; when it came is not said.
 * `channel`: Telegram's number of a public channel.
 * `content`: SHA-256 of the canonical JSON of what an announcement says and to whom, `starts` its time.
 * `projects`: how many per village, of a list that is bound by `projectsHash`.
 * Of a paper box: `ballots` valid, `spoiled` not, `returned` unused, `marks` rows of the roll that were handed one; `commitment` a
 * `paperCommitment`, `box` the SHA-256 of the sealed papers, `note` a `reasonHash`.
 * Of test cards: `list` is a `testsHash`, `salt` what was mixed into it, `tests` the rows and cards, `ballots` the numbers of the leaves that are left out.
 * `dice`: what was thrown, a digit a die; it counts once two people entered the same.
 * `leaves`: numbers of the ballots' leaves that the dice drew to be opened again before observers.
 * `cosigned`: what the witness of this `key` signed at `time` (seconds since 1970) of the head of `size` leaves; like `witness-added` it comes
 * once, so neither says when it was written.
 * `meets`: when a public meeting begins; `place` and `hands`: SHA-256 of where, and of its show of hands (`needsHash`).
 */
export type Event = z.infer<typeof eventSchema>
export type EventKind = Event['kind']

/**
 * The body of a leaf: the canonical JSON array `["dauys-event-v1",{…}]` in UTF-8, keys sorted, without spaces. Throws
 * when the event is not one of the closed list: that is our bug.
 */
export function encodeEvent(event: Event): Uint8Array {
  const frequent = spelledBallot(event)
  if (frequent !== undefined) return utf8(frequent)
  const checked: Json = eventSchema.parse(event)
  return utf8(canonicalJson([VERSION, checked]))
}

/** Reads a leaf body back. `not-canonical`: it says something, but not in the one spelling that may be hashed. */
export function decodeEvent(
  body: Uint8Array,
): Result<Event, { kind: 'not-an-event' } | { kind: 'not-canonical' }> {
  const text = fromUtf8(body)
  if (text !== undefined && isFrequentEvent(text)) return ok((JSON.parse(text) as [string, Event])[1])
  const parsed = bodySchema.safeParse(text === undefined ? text : jsonOf(text))
  if (!parsed.success) return fail({ kind: 'not-an-event' })
  const [, event] = parsed.data
  return canonicalJson([VERSION, event]) === text ? ok(event) : fail({ kind: 'not-canonical' })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
