// Takes in a sealed roll: applied at once where one official is enough, else proposed until another one approves the same file.
import { isOver, PROFILES } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleById, cycleForUpdate } from '../store/cycles.ts'
import { clashOn, type Tx } from '../store/db.ts'
import { appendLeaf } from '../store/log.ts'
import { activeGrants } from '../store/people.ts'
import {
  approveImport,
  type HashedCard,
  importForUpdate,
  insertCards,
  insertImport,
  upsertRollRows,
} from '../store/roll.ts'
import { codesOf } from '../store/territories.ts'
import { contactMac } from '../verification/contact.ts'
import { methodOf } from '../verification/index.ts'
import type { App } from './app.ts'
import { hashCards } from './hash-cards.ts'
import { type ReadRollFile, readRollFile, type RollFileProblem } from './read-roll-file.ts'
import { transact } from './transact.ts'

export type ImportRollProblem =
  | RollFileProblem
  | { kind: 'no-such-cycle' }
  /** The vote is over: its roll stays as it is. */
  | { kind: 'closed' }
  /** Two officials are needed, so the command must say which one this is. */
  | { kind: 'name-official' }
  | { kind: 'not-an-official' }
  /** A code of the file is on another card already. */
  | { kind: 'code-taken' }
  /** So many serials of the file belong to cards with other codes: it was printed without knowing of those. */
  | { kind: 'serials-taken'; cards: number }

export interface Imported {
  state: 'applied' | 'proposed'
  /** Rows of the file per territory id. */
  rows: Record<string, number>
  cards: number
  /** New on the roll; nothing is new where the file came in before. */
  added: { rows: number; cards: number }
}

/** `text`: the sealed file. `by`: the official's Telegram id, needed where two must agree. A repeat changes nothing. */
export async function importRoll(
  app: App,
  cycleId: number,
  text: string,
  by: number | undefined,
): Promise<Result<Imported, ImportRollProblem>> {
  const cycle = await cycleById(app.db, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  const file = readRollFile(app, cycle, await codesOf(app.db, cycleId), text)
  if (!file.ok) return file
  const cards = needsTwo(cycle) ? [] : await hashCards(file.value.cards, app.secrets.pepper(cycleId))
  return guarded(() =>
    transact<Imported, ImportRollProblem>(app, async (tx) => {
      const now = await cycleForUpdate(tx, cycleId)
      if (!now || isOver(now.phase)) return fail({ kind: 'closed' })
      const two = needsTwo(now)
      if (two && by === undefined) return fail({ kind: 'name-official' })
      if (two && !(await isOfficial(tx, by))) return fail({ kind: 'not-an-official' })
      const { hash, perVillage } = file.value
      const done = { rows: perVillage, cards: file.value.cards.length, added: { rows: 0, cards: 0 } }
      const before = await importForUpdate(tx, cycleId, hash)
      if (before) return ok({ ...done, state: before.state === 'approved' ? 'applied' : 'proposed' })
      const importedBy = by === undefined ? 'command' : String(by)
      const id = await insertImport(tx, { cycle: cycleId, fileHash: hash, rows: perVillage, importedBy })
      const at = await clock(tx)
      await appendLeaf(tx, cycleId, {
        kind: 'roll-imported',
        at,
        cycle: cycle.slug,
        rows: perVillage,
        file: hash,
      })
      if (two || id === undefined) return ok({ ...done, state: 'proposed' })
      await approveImport(tx, id, importedBy)
      const added = await applyRoll(app, tx, now, file.value, cards)
      return added.ok ? ok({ ...done, state: 'applied', added: added.value }) : added
    }),
  )
}

/** Two where the profile says so, and for every addition once voting has opened; a trial counts nowhere. */
export const needsTwo = (cycle: Cycle): boolean =>
  PROFILES[cycle.profile].officials === 2 || (cycle.frozenRules !== undefined && !cycle.trial)

export async function isOfficial(tx: Tx, account: number | undefined): Promise<boolean> {
  return (await activeGrants(tx)).some((grant) => grant.account === account && grant.role === 'official')
}

/** Stores rows and cards. Phones only where the cycle verifies by contact, and then as keyed hashes. */
export async function applyRoll(
  app: App,
  tx: Tx,
  cycle: Cycle,
  file: ReadRollFile,
  cards: readonly HashedCard[],
): Promise<Result<Imported['added'], { kind: 'serials-taken'; cards: number }>> {
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

/** A code that another card of the cycle has is a broken key of the database. */
export async function guarded<T, P>(
  act: () => Promise<Result<T, P>>,
): Promise<Result<T, P | { kind: 'code-taken' }>> {
  try {
    return await act()
  } catch (error) {
    if (clashOn(error) === 'card_code') return fail({ kind: 'code-taken' })
    throw error
  }
}
