// A leaf that the program did not write stops its log; two officials set it aside, in public, and the log goes on.
import { toHex } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { JointAct } from '../core/two-officials.ts'
import { clock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { unnumberedLeaf } from '../store/log.ts'
import { markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import type { BothOfficials } from './joint-act.ts'
import { leafFault, setAsideBefore } from './leaf-fault.ts'
import { logOrigin } from './log-origin.ts'
import { proposeAct, type Proposed, type ProposeProblem } from './propose-act.ts'
import { transact } from './transact.ts'

export type LeafAsideProblem =
  /** Nothing without a number has this hash in this log. */
  | { kind: 'no-such-leaf' }
  /** The program wrote it: it gets its number. */
  | { kind: 'leaf-holds' }
  | { kind: 'set-aside-before' }

/** `leaf`: the stored hash, hex, as the log of the program names it. */
export const proposeLeafAside = (
  app: App,
  log: number,
  leaf: string,
  by: number,
): Promise<Result<Proposed, ProposeProblem | LeafAsideProblem>> =>
  transact<Proposed, ProposeProblem | LeafAsideProblem>(app, async (tx) => {
    const act = { kind: 'leaf-aside', log, leaf } as const
    const wrong = await whyNot(app, tx, act)
    return wrong ? fail(wrong) : proposeAct(app, tx, act, by)
  })

type LeafAside = Extract<JointAct, { kind: 'leaf-aside' }>

async function whyNot(app: App, tx: Tx, { log, leaf }: LeafAside): Promise<LeafAsideProblem | undefined> {
  const found = await unnumberedLeaf(tx, log, leaf)
  if (!found || toHex(found.hash) !== leaf) return { kind: 'no-such-leaf' }
  const origin = await logOrigin(app, log)
  const fault = leafFault(app, origin, found)
  if (!fault) return { kind: 'leaf-holds' }
  return (await setAsideBefore(app, tx, origin, log, fault)) ? { kind: 'set-aside-before' } : undefined
}

/** In the transaction of the confirmation. */
export async function setLeafAside(
  app: App,
  tx: Tx,
  act: LeafAside,
  { by, second }: BothOfficials,
): Promise<Result<void, LeafAsideProblem>> {
  const wrong = await whyNot(app, tx, act)
  if (wrong) return fail(wrong)
  await appendLeaf(app, tx, act.log, {
    kind: 'leaf-set-aside',
    at: await clock(tx),
    leaf: act.leaf,
    by: markOf(app, by),
    second: markOf(app, second),
  })
  return ok(undefined)
}
