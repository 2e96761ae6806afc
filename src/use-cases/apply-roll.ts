// Puts the rows and cards of a roll on the roll, once whoever must agree has agreed.
import { isBefore } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { type HashedRoll, insertCards } from '../store/cards.ts'
import type { Cycle } from '../store/cycles.ts'
import { clashOn, type Tx } from '../store/db.ts'
import { upsertRollRows } from '../store/roll.ts'
import { contactMac } from '../verification/contact.ts'
import { methodOf } from '../verification/index.ts'
import { accountMark } from './actor.ts'
import type { App } from './app.ts'
import { clock } from '../store/clock.ts'
import { appendLeaf } from './append-leaf.ts'
import { appendCardLeaf } from './append-card-leaf.ts'
import { bindCards } from './bind-cards.ts'
import { hashCards } from './hash-cards.ts'
import type { ReadRollFile } from './read-roll-file.ts'

export type ApplyProblem =
  /** A code of the file is on another card already. */
  | { kind: 'code-taken' }
  /** So many serials of the file belong to cards with other codes: it was printed without knowing of those. */
  | { kind: 'serials-taken'; cards: number }
  /** So many rows `having` a card would get one more (`again`), and nobody has said that this is wanted. */
  | { kind: 'second-cards'; having: number; again: number }
  /** Test cards come before the vote opens. */
  | { kind: 'tests-late' }

/** What is new on the roll. */
export interface Added {
  rows: number
  cards: number
}

/** The same, its rows by territory as the log says them. */
export interface Applied {
  rows: Record<string, number>
  cards: number
}

export const addedOf = ({ rows, cards }: Applied): Added => ({
  rows: Object.values(rows).reduce((sum, count) => sum + count, 0),
  cards,
})

/** Phones only where the cycle's way of verifying needs them. About 10 ms of processor time a card. */
export async function hashRoll(app: App, cycle: Cycle, file: ReadRollFile): Promise<HashedRoll> {
  const pepper = app.secrets.pepper(cycle.id)
  const { needsPhones } = methodOf(cycle.method).facts
  const rows = file.rows.map(({ territory, registerNo, phone }) => ({
    territory,
    registerNo,
    contactMac: needsPhones && phone !== undefined ? contactMac(phone, pepper) : undefined,
  }))
  const printer = file.printedBy === undefined ? {} : { printer: accountMark(app, file.printedBy) }
  const tests = file.tests === undefined ? {} : { tests: file.tests }
  return { rows, cards: await hashCards(file.cards, pepper), ...printer, ...tests }
}

/** In the transaction of whoever agreed last. `second`: what they agreed on of rows that have a card; what is written decides. */
export async function applyRoll(
  app: App,
  tx: Tx,
  cycle: Cycle,
  { rows, cards, printer, tests }: HashedRoll,
  second: { having: number; again: number } | undefined,
): Promise<Result<Applied, ApplyProblem>> {
  if (tests && !isBefore(cycle.phase, 'voting')) return fail({ kind: 'tests-late' })
  const added = await upsertRollRows(tx, cycle.id, rows)
  const stored = await insertCards(tx, cycle.id, await bindCards(app, tx, cycle, cards))
  if (stored.others > 0) return fail({ kind: 'serials-taken', cards: stored.others })
  if (stored.second > (second?.again ?? 0))
    return fail({ kind: 'second-cards', having: second?.having ?? stored.second, again: stored.second })
  if (printer !== undefined) await logPrinted(app, tx, cycle, stored.added, printer)
  if (tests && stored.added.length > 0)
    await appendLeaf(app, tx, cycle.id, {
      kind: 'tests-sealed',
      at: await clock(tx),
      cycle: cycle.slug,
      tests: tests.count,
      list: tests.list,
      by: printer ?? 'command',
    })
  return ok({ rows: added, cards: stored.added.length })
}

/** A leaf a village: who printed the cards that are new. */
async function logPrinted(
  app: App,
  tx: Tx,
  cycle: Cycle,
  cards: readonly { territory: number; serial: number }[],
  by: string,
): Promise<void> {
  const villages = new Map<number, number[]>()
  for (const { territory, serial } of cards)
    villages.set(territory, [...(villages.get(territory) ?? []), serial])
  for (const [territory, serials] of villages)
    await appendCardLeaf(app, tx, cycle, 'cards-printed', { territory, serials, by: { mark: by } })
}

/** A code that another card of the cycle has is a broken key of the database: then nothing of the file is on the roll. */
export async function codesFree<T, P>(
  act: () => Promise<Result<T, P>>,
): Promise<Result<T, P | { kind: 'code-taken' }>> {
  try {
    return await act()
  } catch (error) {
    if (clashOn(error) === 'card_code') return fail({ kind: 'code-taken' })
    throw error
  }
}
