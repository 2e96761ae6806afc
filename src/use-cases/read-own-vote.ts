// After the close anybody on the roll learns at the desk whether a vote was recorded for their row, and by which channel: never what was chosen.
import { isOver, type Phase } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { cycleById } from '../store/cycles.ts'
import { channelOfRow } from '../store/paper.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type OwnVoteProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  /** In a real vote an official asks, who is named. */
  | { kind: 'name-official' }
  /** While people vote nobody at the desk learns who has not. */
  | { kind: 'not-over'; phase: Phase }
  | { kind: 'no-such-row' }

/** `paper`: a paper ballot was handed out; what lies in the box has no name. `aside`: it could not be opened, and two officials said so. */
export type OwnVote = 'none' | 'online' | 'assisted' | 'desk' | 'paper' | 'aside'

/** `registerNo`: of whoever stands at the desk with their document. Each question leaves a leaf, without the row. */
export const readOwnVote = (
  app: App,
  where: { cycle: number; territory: number },
  registerNo: number,
  by: Actor,
): Promise<Result<OwnVote, OwnVoteProblem>> =>
  transact<OwnVote, OwnVoteProblem>(app, async (tx) => {
    const cycle = await cycleById(tx, where.cycle)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!cycle.trial && typeof by !== 'number') return fail({ kind: 'name-official' })
    if (!(await mayAct(app, tx, by, 'read-own-vote', [where.territory]))) return fail({ kind: 'not-allowed' })
    if (!isOver(cycle.phase)) return fail({ kind: 'not-over', phase: cycle.phase })
    const channel = await channelOfRow(tx, where, registerNo)
    if (channel === undefined) return fail({ kind: 'no-such-row' })
    await appendLeaf(app, tx, cycle.id, {
      kind: 'own-vote-told',
      at: await clock(tx),
      cycle: cycle.slug,
      village: String(where.territory),
      by: markOf(app, by),
    })
    return ok(channel)
  })
