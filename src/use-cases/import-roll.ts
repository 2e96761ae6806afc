// Takes in a sealed roll: applied at once where one official is enough, else proposed until another one approves the same file.
import { isOver, rollNeedsTwo } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { takenSerials } from '../store/cards.ts'
import { type Cycle, cycleById, cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { approveImport, importForUpdate, insertImport, missingRollRows, secondCards } from '../store/roll.ts'
import { stageRoll } from '../store/staged-roll.ts'
import { codesOf } from '../store/territories.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { type Added, addedOf, applyRoll, type ApplyProblem, codesFree, hashRoll } from './apply-roll.ts'
import { mayAct } from './may-act.ts'
import { proposeAct, type Proposed, type ProposeProblem } from './propose-act.ts'
import { readRollFile, type RollFileProblem, villagesOf } from './read-roll-file.ts'
import { transact } from './transact.ts'

export type ImportRollProblem =
  | RollFileProblem
  | ApplyProblem
  /** Who does it is no official in every village of the file, or the only one. */
  | ProposeProblem
  | { kind: 'no-such-cycle' }
  /** The vote is over: its roll stays as it is. */
  | { kind: 'closed' }
  /** Two officials are needed, so the command must say which one this is. */
  | { kind: 'name-official' }
  /** The file does not say which official printed its cards. */
  | { kind: 'name-printer' }

export interface Imported {
  state: 'applied' | 'proposed'
  /** Where it waits for a second official. */
  proposed?: Proposed
  /** Rows of the file per territory id. */
  rows: Record<string, number>
  cards: number
  /** New on the roll; nothing is new where the file came in before. */
  added: Added
  /** Rows `having` a card that get one more (`again`): absent where none does. */
  second?: { having: number; again: number }
}

/**
 * `text`: the sealed file. `by`: an official's account where two must agree. A repeat changes nothing; one of a roll that waits
 * proposes it again where the time ran out.
 */
export async function importRoll(
  app: App,
  cycleId: number,
  text: string,
  by: Actor,
  wanted: { secondCards?: boolean } = {},
): Promise<Result<Imported, ImportRollProblem>> {
  const cycle = await cycleById(app.db, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  const file = readRollFile(app, cycle, await codesOf(app.db, cycleId), text)
  if (!file.ok) return file
  const roll = await hashRoll(app, cycle, file.value)
  return codesFree(() =>
    transact<Imported, ImportRollProblem>(app, async (tx) => {
      const now = await cycleForUpdate(tx, cycleId)
      if (!now || isOver(now.phase)) return fail({ kind: 'closed' })
      const two = rollNeedsTwo(now)
      if (two && typeof by !== 'number') return fail({ kind: 'name-official' })
      if (!(await mayAct(app, tx, by, 'import-roll', villagesOf(file.value))))
        return fail({ kind: 'not-allowed' })
      const { hash, perVillage } = file.value
      const done = { rows: perVillage, cards: roll.cards.length, added: { rows: 0, cards: 0 } }
      const before = await importForUpdate(tx, cycleId, hash)
      if (before?.state === 'approved') return ok({ ...done, state: 'applied' })
      if (roll.cards.length > 0 && roll.printer === undefined && !now.trial)
        return fail({ kind: 'name-printer' })
      const cards = await takenSerials(tx, cycleId, roll.cards)
      if (cards > 0) return fail({ kind: 'serials-taken', cards })
      const counts = await secondCards(tx, cycleId, roll.cards)
      if (counts.again > 0 && !wanted.secondCards) return fail({ kind: 'second-cards', ...counts })
      const second = counts.again > 0 ? { second: counts } : {}
      const filed = { cycle: cycleId, fileHash: hash, rows: perVillage, importedBy: String(by) }
      const id = before?.id ?? (await insertImport(tx, filed))
      if (typeof by !== 'number' || !two) {
        await approveImport(tx, id, String(by))
        const applied = await applyRoll(app, tx, now, roll, second.second)
        if (!applied.ok) return applied
        await logImport(app, tx, now, { file: hash, rows: applied.value.rows, by })
        return ok({ ...done, ...second, state: 'applied', added: addedOf(applied.value) })
      }
      if (!before)
        await logImport(app, tx, now, { file: hash, rows: await missingRollRows(tx, cycleId, roll.rows), by })
      const staged = await stageRoll(tx, id, roll)
      const act = {
        kind: 'roll',
        cycle: cycleId,
        file: hash,
        staged,
        rows: perVillage,
        cards: done.cards,
        ...second,
      } as const
      const proposed = await proposeAct(app, tx, act, by)
      return proposed.ok ? ok({ ...done, ...second, state: 'proposed', proposed: proposed.value }) : proposed
    }),
  )
}

/** `rows`: those that are new on the roll, or would be today. */
async function logImport(
  app: App,
  tx: Tx,
  cycle: Cycle,
  { by, ...said }: { file: string; rows: Record<string, number>; by: Actor },
): Promise<void> {
  const act = { kind: 'roll-imported', at: await clock(tx), cycle: cycle.slug } as const
  await appendLeaf(app, tx, cycle.id, { ...act, ...said, by: markOf(app, by) })
}
