// Puts the rows and cards of a roll on the roll, once whoever must agree has agreed.
import { fail, ok, type Result } from '../core/result.ts'
import type { Cycle } from '../store/cycles.ts'
import { clashOn, type Tx } from '../store/db.ts'
import { type HashedCard, insertCards, upsertRollRows } from '../store/roll.ts'
import { contactMac } from '../verification/contact.ts'
import { methodOf } from '../verification/index.ts'
import type { App } from './app.ts'
import type { ReadRollFile } from './read-roll-file.ts'

export type ApplyProblem =
  /** A code of the file is on another card already. */
  | { kind: 'code-taken' }
  /** So many serials of the file belong to cards with other codes: it was printed without knowing of those. */
  | { kind: 'serials-taken'; cards: number }

/** What is new on the roll. */
export interface Added {
  rows: number
  cards: number
}

/** Phones only where the cycle's way of verifying needs them, and then as keyed hashes. */
export async function applyRoll(
  app: App,
  tx: Tx,
  cycle: Cycle,
  file: ReadRollFile,
  cards: readonly HashedCard[],
): Promise<Result<Added, ApplyProblem>> {
  const pepper = app.secrets.pepper(cycle.id)
  const { needsPhones } = methodOf(cycle.method).facts
  const rows = file.rows.map(({ territory, registerNo, phone }) => ({
    territory,
    registerNo,
    contactMac: needsPhones && phone !== undefined ? contactMac(phone, pepper) : undefined,
  }))
  const added = await upsertRollRows(tx, cycle.id, rows)
  const stored = await insertCards(tx, cycle.id, cards)
  if (stored.others > 0) return fail({ kind: 'serials-taken', cards: stored.others })
  return ok({ rows: added, cards: stored.added })
}

/** A code that another card of the cycle has is a broken key of the database: then nothing of the file is on the roll. */
export async function codesFree<T, P>(
  act: () => Promise<Result<T, P>>,
): Promise<Result<T, P | ApplyProblem>> {
  try {
    return await act()
  } catch (error) {
    if (clashOn(error) === 'card_code') return fail({ kind: 'code-taken' })
    throw error
  }
}
