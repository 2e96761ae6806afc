// An official says how many people were trained for a vote on a day. The leaf is all that is kept: said again of a day, the last word counts.
import { ownAct } from '../core/audit/own-act.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { type Training, type TrainingFault, trainingFault } from '../core/training.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForShare } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { trainingLeaves } from '../store/log.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { originOf } from './log-origin.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type { Training }
export type TrainingProblem = { kind: 'no-such-cycle' } | NotAllowed | { kind: TrainingFault }

export const enterTraining = (
  app: App,
  { cycle: id, ...said }: Training & { cycle: number },
  by: Actor,
): Promise<Result<void, TrainingProblem>> =>
  transact<void, TrainingProblem>(app, async (tx) => {
    const cycle = await cycleForShare(tx, id)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayActInCycle(app, tx, by, 'enter-training', id))) return fail({ kind: 'not-allowed' })
    const at = await clock(tx)
    const fault = trainingFault(said, at)
    if (fault) return fail({ kind: fault })
    const { on, people, women } = said
    await appendLeaf(app, tx, id, {
      kind: 'people-trained',
      at,
      cycle: cycle.slug,
      on,
      people,
      ...(women !== undefined && { women }),
      by: markOf(app, by),
    })
    return ok(undefined)
  })

/** What the program's own leaves say, by day, the earliest first. */
export async function readTrainings(
  app: App,
  tx: Tx,
  { id, slug }: Pick<Cycle, 'id' | 'slug'>,
): Promise<Training[]> {
  const origin = originOf(app, slug)
  const byDay = new Map<string, Training>()
  for (const leaf of await trainingLeaves(tx, id)) {
    const act = ownAct(app.secrets.leafKey, origin, leaf)
    if (act?.kind !== 'people-trained') continue
    const { on, people, women } = act
    byDay.set(on, { on, people, women })
  }
  return [...byDay.values()].toSorted((a, b) => (a.on < b.on ? -1 : 1))
}
