// The second official gives the same sealed file again: then, and only then, its rows and cards are on the roll.
import { isOver } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { cycleById, cycleForUpdate } from '../store/cycles.ts'
import { approveImport, importForUpdate } from '../store/roll.ts'
import { codesOf } from '../store/territories.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { applyRoll, codesFree } from './apply-roll.ts'
import { hashCards } from './hash-cards.ts'
import type { Imported, ImportRollProblem } from './import-roll.ts'
import { mayAct } from './may-act.ts'
import { readRollFile, villagesOf } from './read-roll-file.ts'
import { transact } from './transact.ts'

export type ApproveRollProblem =
  | ImportRollProblem
  /** Nobody has proposed this very file. */
  | { kind: 'not-proposed' }
  /** Whoever imported it cannot approve it. */
  | { kind: 'same-person' }
  /** Whoever imported it is an official there no more: a new file is to be proposed. */
  | { kind: 'proposer-not-allowed' }

/** `by`: the account of an official other than the importer; both hold their role at this moment. A repeat changes nothing. */
export async function approveRoll(
  app: App,
  cycleId: number,
  text: string,
  by: Actor,
): Promise<Result<Imported, ApproveRollProblem>> {
  const cycle = await cycleById(app.db, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  if (typeof by !== 'number') return fail({ kind: 'name-official' })
  const file = readRollFile(app, cycle, await codesOf(app.db, cycleId), text)
  if (!file.ok) return file
  const cards = await hashCards(file.value.cards, app.secrets.pepper(cycleId))
  return codesFree(() =>
    transact<Imported, ApproveRollProblem>(app, async (tx) => {
      const now = await cycleForUpdate(tx, cycleId)
      if (!now || isOver(now.phase)) return fail({ kind: 'closed' })
      const { hash, perVillage } = file.value
      const villages = villagesOf(file.value)
      if (!(await mayAct(tx, by, 'approve-roll', villages))) return fail({ kind: 'not-allowed' })
      const proposed = await importForUpdate(tx, cycleId, hash)
      if (!proposed) return fail({ kind: 'not-proposed' })
      const done: Imported = {
        state: 'applied',
        rows: perVillage,
        cards: cards.length,
        added: { rows: 0, cards: 0 },
      }
      if (proposed.state === 'approved') return ok(done)
      if (proposed.importedBy === String(by)) return fail({ kind: 'same-person' })
      if (!(await mayAct(tx, Number(proposed.importedBy), 'import-roll', villages)))
        return fail({ kind: 'proposer-not-allowed' })
      await approveImport(tx, proposed.id, String(by))
      await appendLeaf(app, tx, cycleId, {
        kind: 'roll-approved',
        at: await clock(tx),
        cycle: cycle.slug,
        file: hash,
        by: markOf(app, by),
      })
      const added = await applyRoll(app, tx, now, file.value, cards)
      return added.ok ? ok({ ...done, added: added.value }) : added
    }),
  )
}
