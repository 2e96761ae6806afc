// Acts that need two officials: the closed list, and what of each is kept between the one who proposes and the one who confirms.
import { z } from 'zod'
import { PHASES } from './cycle.ts'
import type { Act } from './role.ts'

/** A proposal that nobody confirmed in this time does nothing any more. */
export const PROPOSAL_HOURS = 24

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const tree = z.object({ size: z.int().nonnegative(), root: hash })
const time = z.iso.datetime()
const phase = z.enum(PHASES)
const localised = z.object({ kk: z.string(), ru: z.string() }).catchall(z.string())

const review = { cycle: z.int(), territory: z.int(), turn: z.int(), reason: hash }

export const jointActSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('roll'),
    cycle: z.int(),
    file: hash,
    staged: hash,
    rows: z.record(z.string(), z.int()),
    cards: z.int(),
    second: z.object({ having: z.int(), again: z.int() }).exactOptional(),
  }),
  z.object({
    kind: z.literal('card-reissue'),
    cycle: z.int(),
    territory: z.int(),
    register: z.int(),
    old: z.int(),
    serial: z.int(),
    moved: z.boolean(),
  }),
  z.object({ kind: z.literal('ballot-aside'), cycle: z.int(), seq: z.int(), leaf: hash }),
  z.object({ kind: z.literal('leaf-aside'), log: z.int(), leaf: hash }),
  z.object({
    kind: z.literal('announce'),
    cycle: z.int(),
    announcement: z.int(),
    version: z.int(),
    territory: z.int().exactOptional(),
    people: z.int(),
    at: z.iso.datetime().exactOptional(),
    channels: z.array(z.string()).exactOptional(),
  }),
  z.object({ kind: z.literal('rollback'), log: z.int(), signed: tree, stored: tree }),
  z.object({ kind: z.literal('move'), cycle: z.int(), from: phase, to: phase }),
  z.object({ kind: z.literal('extend'), cycle: z.int(), before: time, to: time }),
  z.object({ kind: z.literal('publish'), cycle: z.int(), result: hash }),
  z.object({ kind: z.literal('suspend'), cycle: z.int(), reason: localised }),
  z.object({ kind: z.literal('resume'), cycle: z.int(), since: time }),
  z.object({ kind: z.literal('void'), cycle: z.int(), reason: localised }),
  z.object({ kind: z.literal('forget'), cycle: z.int() }),
  z.object({
    kind: z.literal('result-change'),
    cycle: z.int(),
    territory: z.int(),
    number: z.int(),
    change: z.enum(['dropped', 'cheaper', 'outside']),
    cost: z.int().exactOptional(),
    reason: localised,
  }),
  z.object({
    kind: z.literal('facilitator'),
    cycle: z.int(),
    territory: z.int(),
    account: z.int(),
    until: time,
  }),
  z.object({ kind: z.literal('review-open'), ...review }),
  z.object({ kind: z.literal('review-close'), ...review }),
])

/**
 * What two officials do together; no personal data but the account of a facilitator. `roll`: the file that was imported, the hash of its rows and cards as they
 * wait, rows per territory id; `second` where so many of the rows `having` a card get one more (`again`). `card-reissue`: serials of the card of a register number that dies and of the one that lives instead;
 * `moved` where it is done because another account shall vote. `ballot-aside`: a ballot's number and leaf in its cycle's log. `announce`: which version of
 * an announcement, to how many, not before `at` (UTC ISO); `territory`: to residents of this place alone; `channels`: titles of those in which it is posted too. `rollback`: what
 * was signed last, and what a restored database has. `extend`: the close as it stood and as it shall be; `publish`: the `publishedHash` of the
 * counts that were seen; `resume`: since when the vote stands still; `reason`: words for everybody. `result-change`: what became of the
 * project of this number after the publication, `cost` in whole tenge. `facilitator`: this account may help people of the village to vote, `until` then. `review-open`,
 * `review-close`: the vote of a village, after it went under review and out of it `turn` times; `reason` is the hash of words for auditors alone.
 */
export type JointAct = z.infer<typeof jointActSchema>
export type JointKind = JointAct['kind']

/** What whoever proposes, and whoever confirms, must be allowed to. */
export const ACTS_OF = {
  roll: { propose: 'import-roll', confirm: 'approve-roll' },
  'card-reissue': { propose: 'reissue-card', confirm: 'reissue-card' },
  'ballot-aside': { propose: 'set-aside', confirm: 'set-aside' },
  'leaf-aside': { propose: 'set-aside', confirm: 'set-aside' },
  announce: { propose: 'announce', confirm: 'announce' },
  rollback: { propose: 'accept-rollback', confirm: 'accept-rollback' },
  move: { propose: 'move-phase', confirm: 'move-phase' },
  extend: { propose: 'extend-cycle', confirm: 'extend-cycle' },
  publish: { propose: 'publish-results', confirm: 'publish-results' },
  suspend: { propose: 'halt-cycle', confirm: 'halt-cycle' },
  resume: { propose: 'halt-cycle', confirm: 'halt-cycle' },
  void: { propose: 'halt-cycle', confirm: 'halt-cycle' },
  forget: { propose: 'publish-results', confirm: 'publish-results' },
  'result-change': { propose: 'change-result', confirm: 'change-result' },
  facilitator: { propose: 'name-facilitator', confirm: 'name-facilitator' },
  'review-open': { propose: 'review-village', confirm: 'review-village' },
  'review-close': { propose: 'review-village', confirm: 'review-village' },
} as const satisfies Record<JointKind, { propose: Act; confirm: Act }>

/** Where an act is: the vote, and villages with okrug and district; `others`: so many more are not named. */
export const whereSchema = z.object({
  title: localised.optional(),
  trial: z.boolean(),
  places: z.array(z.object({ name: localised, within: z.array(localised) })),
  others: z.int().nonnegative(),
})
export type Where = z.infer<typeof whereSchema>
