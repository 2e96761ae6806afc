// Why the numbers of a paper box do not fit: an official says so in public, once, and the village may be counted.
import { reasonHash } from '../core/audit/reason-hash.ts'
import { type Phase, REASON_LENGTHS } from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { papersFit } from '../core/paper.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { cycleForUpdate } from '../store/cycles.ts'
import { boxesOf, noteOnBox } from '../store/paper.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type ExplainPapersProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  /** In a real vote an official says it, who is named. */
  | { kind: 'name-official' }
  | { kind: 'not-counting'; phase: Phase }
  /** Two people have not agreed on it yet. */
  | { kind: 'not-entered' }
  /** There is nothing to explain. */
  | { kind: 'fits' }
  | { kind: 'explained-before' }
  | { kind: 'bad-length'; least: number; most: number }

/** `note`: for everybody, in both official languages. */
export const explainPapers = (
  app: App,
  where: { cycle: number; territory: number },
  note: Localised,
  by: Actor,
): Promise<Result<void, ExplainPapersProblem>> =>
  transact<void, ExplainPapersProblem>(app, async (tx) => {
    const cycle = await cycleForUpdate(tx, where.cycle)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!cycle.trial && typeof by !== 'number') return fail({ kind: 'name-official' })
    if (!(await mayAct(app, tx, by, 'explain-papers', [where.territory])))
      return fail({ kind: 'not-allowed' })
    if (cycle.phase !== 'counting') return fail({ kind: 'not-counting', phase: cycle.phase })
    const [least, most] = REASON_LENGTHS
    if (Object.values(note).some(({ length }) => length < least || length > most))
      return fail({ kind: 'bad-length', least, most })
    const box = (await boxesOf(tx, cycle.id)).find(({ territory }) => territory === where.territory)
    if (!box) return fail({ kind: 'not-entered' })
    if (papersFit(box)) return fail({ kind: 'fits' })
    if (!(await noteOnBox(tx, where, note))) return fail({ kind: 'explained-before' })
    await appendLeaf(app, tx, cycle.id, {
      kind: 'paper-explained',
      at: await clock(tx),
      cycle: cycle.slug,
      village: String(where.territory),
      note: reasonHash(note),
      by: markOf(app, by),
    })
    return ok(undefined)
  })
