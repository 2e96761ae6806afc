// Takes in a sealed roll: applied at once where one official is enough, else proposed until another one approves the same file.
import { isOver, rollNeedsTwo } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { cycleById, cycleForUpdate } from '../store/cycles.ts'
import { approveImport, importForUpdate, insertImport } from '../store/roll.ts'
import { codesOf } from '../store/territories.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { type Added, applyRoll, type ApplyProblem, codesFree } from './apply-roll.ts'
import { hashCards } from './hash-cards.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { readRollFile, type RollFileProblem, villagesOf } from './read-roll-file.ts'
import { transact } from './transact.ts'

export type ImportRollProblem =
  | RollFileProblem
  | ApplyProblem
  /** Who does it is no official in every village of the file. */
  | NotAllowed
  | { kind: 'no-such-cycle' }
  /** The vote is over: its roll stays as it is. */
  | { kind: 'closed' }
  /** Two officials are needed, so the command must say which one this is. */
  | { kind: 'name-official' }

export interface Imported {
  state: 'applied' | 'proposed'
  /** Rows of the file per territory id. */
  rows: Record<string, number>
  cards: number
  /** New on the roll; nothing is new where the file came in before. */
  added: Added
}

/** `text`: the sealed file. `by`: an official's account where two must agree. A repeat changes nothing. */
export async function importRoll(
  app: App,
  cycleId: number,
  text: string,
  by: Actor,
): Promise<Result<Imported, ImportRollProblem>> {
  const cycle = await cycleById(app.db, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  const file = readRollFile(app, cycle, await codesOf(app.db, cycleId), text)
  if (!file.ok) return file
  const cards = rollNeedsTwo(cycle) ? [] : await hashCards(file.value.cards, app.secrets.pepper(cycleId))
  return codesFree(() =>
    transact<Imported, ImportRollProblem>(app, async (tx) => {
      const now = await cycleForUpdate(tx, cycleId)
      if (!now || isOver(now.phase)) return fail({ kind: 'closed' })
      const two = rollNeedsTwo(now)
      if (two && typeof by !== 'number') return fail({ kind: 'name-official' })
      if (!(await mayAct(tx, by, 'import-roll', villagesOf(file.value)))) return fail({ kind: 'not-allowed' })
      const { hash, perVillage } = file.value
      const done = { rows: perVillage, cards: file.value.cards.length, added: { rows: 0, cards: 0 } }
      const before = await importForUpdate(tx, cycleId, hash)
      if (before) return ok({ ...done, state: before.state === 'approved' ? 'applied' : 'proposed' })
      const importedBy = String(by)
      const id = await insertImport(tx, { cycle: cycleId, fileHash: hash, rows: perVillage, importedBy })
      await appendLeaf(app, tx, cycleId, {
        kind: 'roll-imported',
        at: await clock(tx),
        cycle: cycle.slug,
        rows: perVillage,
        file: hash,
        by: markOf(app, by),
      })
      if (two || id === undefined) return ok({ ...done, state: 'proposed' })
      await approveImport(tx, id, importedBy)
      const added = await applyRoll(app, tx, now, file.value, cards)
      return added.ok ? ok({ ...done, state: 'applied', added: added.value }) : added
    }),
  )
}
