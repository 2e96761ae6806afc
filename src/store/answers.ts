// What the functions of the migrations decide, read as closed lists: an answer that is none of these is a bug of ours.
import { z } from 'zod'
import { iso } from './db.ts'

const moment = z.string().transform(iso)
const serial = z.int().nullable()

const claimAnswer = z.discriminatedUnion('outcome', [
  /** `slug` and `at`: of which cycle and when, as its leaf says. */
  z.object({
    outcome: z.literal('claimed'),
    rollRow: z.int(),
    territory: z.int(),
    serial,
    slug: z.string(),
    at: moment,
  }),
  z.object({ outcome: z.enum(['yours', 'found']), rollRow: z.int(), territory: z.int(), serial }),
  z.object({ outcome: z.literal('not-handed-over'), territory: z.int(), serial: z.int() }),
  /** `wait`: seconds. */
  z.object({ outcome: z.literal('wait'), wait: z.int() }),
  z.object({ outcome: z.enum(['wrong', 'too-many-people', 'two-rows']) }),
])

/** What came of looking up a card or a contact. */
export type ClaimAnswer = z.infer<typeof claimAnswer>

/** `row`: one of `claim_card`, `claim_contact` or `claim_at_desk`. Throws when it is neither of the answers. */
export const readClaimAnswer = (row: unknown): ClaimAnswer => claimAnswer.parse(row)

const castAnswer = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.enum(['cast', 'repeat']),
    receipt: z.string(),
    /** The time in the signed receipt. */
    at: moment,
    cycle: z.int(),
    rollRow: z.int(),
    /** How the person of this row is told apart on the account's phone; null once another account votes for them. */
    person: z.object({ serial, label: z.string().nullable() }).nullable(),
    /** The person has been shown the receipt already. */
    shown: z.boolean(),
  }),
  /** `at`: the close, where the cycle has one. */
  z.object({ outcome: z.literal('closed'), at: moment.nullable() }),
  /** The receipt was not signed at its time. `at`: the database's clock. */
  z.object({ outcome: z.literal('skew'), at: moment }),
  /** `clash`: another ballot of the cycle has this receipt number; sealed again it gets another one. */
  z.object({ outcome: z.enum(['not-yours', 'marks-gone', 'desk', 'paper', 'voted', 'clash', 'halted']) }),
])

/** What came of a Send. */
export type CastAnswer = z.infer<typeof castAnswer>

/** `row`: one of `cast_ballots`, none that is busy. Throws when it is none of the answers. */
export const readCastAnswer = (row: unknown): CastAnswer => castAnswer.parse(row)
