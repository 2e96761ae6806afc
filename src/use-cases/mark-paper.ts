// The desk hands out a paper ballot: from then on its row of the roll votes on paper, and what it voted online is void.
import { rowBond } from '../core/audit/mac.ts'
import { toHex } from '../core/bytes.ts'
import type { Phase } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { cycleById, shareCasts } from '../store/cycles.ts'
import { markOnPaper, paperMarks, rowForUpdate } from '../store/paper.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { originOf } from './log-origin.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { tell } from './tell.ts'
import { transact } from './transact.ts'

export type MarkPaperProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  /** In a real vote somebody hands out, who is named. */
  | { kind: 'name-official' }
  /** No such number on the list of this village. */
  | { kind: 'no-such-row' }
  /** A paper was handed out for this number before. */
  | { kind: 'marked-before' }
  /** Not while voting is open, on the database's clock. */
  | { kind: 'not-voting'; phase: Phase }
  /** It stands still: suspended, or void. */
  | { kind: 'halted' }

/** `marks`: papers handed out in the village, with this one. */
export interface Marked {
  marks: number
}

/**
 * `registerNo`: the number on the akimat's list. Nothing tells whether the row voted online, or who votes for it; whoever does is told.
 * A cast of the row and this wait for each other, and a close waits for both.
 */
export const markPaper = (
  app: App,
  where: { cycle: number; territory: number },
  registerNo: number,
  by: Actor,
): Promise<Result<Marked, MarkPaperProblem>> =>
  transact<Marked, MarkPaperProblem>(app, async (tx) => {
    const known = await cycleById(tx, where.cycle)
    if (!known) return fail({ kind: 'no-such-cycle' })
    if (!known.trial && typeof by !== 'number') return fail({ kind: 'name-official' })
    if (!(await mayAct(app, tx, by, 'mark-paper', [where.territory]))) return fail({ kind: 'not-allowed' })
    const row = await rowForUpdate(tx, where, registerNo)
    await shareCasts(tx, where.cycle)
    const cycle = await cycleById(tx, where.cycle)
    const at = await clock(tx)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (cycle.halt) return fail({ kind: 'halted' })
    const { phase, timeline } = cycle
    const open =
      Date.parse(at) >= Date.parse(timeline.voting ?? '') &&
      Date.parse(at) < Date.parse(timeline.counting ?? '')
    if (phase !== 'voting' || !open) return fail({ kind: 'not-voting', phase })
    if (!row) return fail({ kind: 'no-such-row' })
    if (!(await markOnPaper(tx, row.rollRow))) return fail({ kind: 'marked-before' })
    const bond = rowBond(app.secrets.leafKey, originOf(app, cycle.slug), { kind: 'way', right: row.rollRow })
    await appendLeaf(app, tx, cycle.id, {
      kind: 'way-changed',
      at,
      cycle: cycle.slug,
      village: String(where.territory),
      way: 'paper',
      row: toHex(bond),
      by: markOf(app, by),
    })
    if (row.account !== null)
      await tell(
        app,
        tx,
        { kind: 'paper-handed-out', ...where, at },
        { account: row.account, dedupe: `paper-handed-out:${where.cycle}:${row.rollRow}` },
      )
    const marks = (await paperMarks(tx, cycle.id)).find(({ territory }) => territory === where.territory)
    return ok({ marks: marks?.marks ?? 0 })
  })
