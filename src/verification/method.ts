// What every way of verifying is: it selects one row of the voter roll, and the row is claimed once.
import { fail, ok, type Result } from '../core/result.ts'
import type { Tx } from '../store/db.ts'
import type { ClaimAnswer } from '../store/answers.ts'

export type VerifyProblem =
  | { kind: 'wrong' }
  | { kind: 'not-handed-over'; territory: number; serial: number }
  | { kind: 'too-many-people' }
  | { kind: 'two-rows' }
  | { kind: 'wait'; seconds: number }
  /** Nobody votes any more, or just now: nothing is looked up, and nothing claimed. */
  | { kind: 'closed'; closesAt: string | undefined }

export interface Verified {
  rollRow: number
  territory: number
  serial: number | undefined
  /** The row was this account's already. */
  already: boolean
}

export type Answer = Result<Verified, VerifyProblem>

/** What a method needs beside the evidence: the cycle's pepper lies outside the database. */
export interface Asked {
  db: Tx
  cycle: number
  account: number
  pepper: Uint8Array
}

/** What holds for everyone who verifies in this way; nothing outside asks a method for its name. */
export interface MethodFacts {
  /** One account may be verified for several people: the cycle says for how many. */
  readonly manyPeople: boolean
  /** The roll carries phones, kept as keyed hashes. */
  readonly needsPhones: boolean
  /** Cards are printed, handed over and typed in. */
  readonly usesCards: boolean
  /** The desk sees a document and gives a one-time code. */
  readonly atDesk: boolean
}

export interface VerificationMethod<Evidence> {
  /** As the cycle, its frozen rules and its claims name it. */
  readonly kind: string
  readonly facts: MethodFacts
  /** Makes of the evidence what the database is asked by, outside any transaction: hashing takes its time. */
  prepare(asked: Asked, evidence: Evidence): Promise<Result<Claiming, VerifyProblem>>
}

/**
 * Looks the evidence up and claims its row under a nonce of 32 random bytes, in the transaction that also writes the leaf of the
 * claim. Every look-up that finds nothing counts as an attempt, in PostgreSQL: the transaction is committed whatever is answered.
 */
export type Claiming = (tx: Tx, nonce: Uint8Array) => Promise<ClaimAnswer>

/** What the database decided, in the words of a method. */
export function answerOf(claim: ClaimAnswer): Answer {
  switch (claim.outcome) {
    case 'claimed':
    case 'yours':
    case 'found': {
      const { rollRow, territory, serial } = claim
      return ok({ rollRow, territory, serial: serial ?? undefined, already: claim.outcome === 'yours' })
    }
    case 'not-handed-over':
      return fail({ kind: claim.outcome, territory: claim.territory, serial: claim.serial })
    case 'wait':
      return fail({ kind: 'wait', seconds: claim.wait })
    case 'wrong':
    case 'too-many-people':
    case 'two-rows':
      return fail({ kind: claim.outcome })
  }
}
