// After a backup was restored the database has less of a log than was signed: two officials accept that, in the log itself.
import { toHex } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { JointAct } from '../core/two-officials.ts'
import { clock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import type { BothOfficials } from './joint-act.ts'
import { proposeAct, type Proposed, type ProposeProblem } from './propose-act.ts'
import { transact } from './transact.ts'
import { rolledBack } from './trusted-head.ts'

type Rollback = Extract<JointAct, { kind: 'rollback' }>

/** The database has all that was signed, or another history: there is nothing to accept, or it cannot be accepted. */
export type NotRolledBack = { kind: 'not-rolled-back' }

async function lossOf(app: App, log: number): Promise<Rollback | undefined> {
  const lost = await rolledBack(app, log)
  const treeOf = ({ size, root }: { size: number; root: Uint8Array }) => ({ size, root: toHex(root) })
  return lost && { kind: 'rollback', log, signed: treeOf(lost.signed), stored: treeOf(lost.stored) }
}

/** While the program does not start. */
export async function proposeRollback(
  app: App,
  log: number,
  by: number,
): Promise<Result<Proposed, ProposeProblem | NotRolledBack>> {
  const act = await lossOf(app, log)
  if (!act) return fail({ kind: 'not-rolled-back' })
  return transact<Proposed, ProposeProblem>(app, (tx) => proposeAct(app, tx, act, by))
}

/** In the transaction of the confirmation; from its leaf on the log may be extended from what the database has. */
export async function acceptRollback(
  app: App,
  tx: Tx,
  act: Rollback,
  { by, second }: BothOfficials,
): Promise<Result<void, NotRolledBack>> {
  const now = await lossOf(app, act.log)
  const same = (a: Rollback['signed'], b?: Rollback['signed']) => a.size === b?.size && a.root === b.root
  if (!same(act.signed, now?.signed) || !same(act.stored, now?.stored))
    return fail({ kind: 'not-rolled-back' })
  await appendLeaf(app, tx, act.log, {
    kind: 'log-rollback-accepted',
    at: await clock(tx),
    signed: act.signed,
    stored: act.stored,
    by: markOf(app, by),
    second: markOf(app, second),
  })
  return ok(undefined)
}
