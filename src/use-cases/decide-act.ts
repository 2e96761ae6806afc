// What both answers of a second official share: an open proposal of the program's own, by somebody else, where the role is held.
import { sameMac } from '../core/audit/mac.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { ACTS_OF, type JointAct, jointActSchema, type Where } from '../core/two-officials.ts'
import { clock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { decideProposal, proposalForUpdate } from '../store/proposals.ts'
import type { App } from './app.ts'
import { placesOfAct, whereOf } from './joint-act.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { proposalBond } from './propose-act.ts'
import { tell } from './tell.ts'

export type DecideProblem =
  | NotAllowed
  /** Nobody proposed it, or not through the program. */
  | { kind: 'no-such-proposal' }
  /** Somebody was first. `by`: their account, unless it was erased; `at`: UTC ISO. */
  | { kind: 'done' | 'refused'; by: number | undefined; at: string }
  | { kind: 'expired'; until: string }
  /** Whoever proposed it is no second official. */
  | { kind: 'same-person' }

/** A proposal that this account may decide, held until the transaction ends. */
export interface Decidable {
  id: string
  act: JointAct
  /** Whoever proposed it. */
  by: number
}

export async function decidable(
  app: App,
  tx: Tx,
  id: string,
  account: number,
): Promise<Result<Decidable, DecideProblem>> {
  const found = await proposalForUpdate(tx, id)
  const act = jointActSchema.safeParse(found?.act)
  if (!found || !act.success) return fail({ kind: 'no-such-proposal' })
  const { proposedBy: by, state, until } = found
  if (state === 'done' || state === 'refused')
    return fail({ kind: state, by: found.decidedBy, at: found.decidedAt ?? until })
  if (state === 'expired') return fail({ kind: 'expired', until })
  if (by === undefined) return fail({ kind: 'no-such-proposal' })
  if (!sameMac(found.bond, proposalBond(app, { id, act: act.data, by, until })))
    return fail({ kind: 'no-such-proposal' })
  if (by === account) return fail({ kind: 'same-person' })
  const places = await placesOfAct(tx, act.data)
  if (!(await mayAct(app, tx, account, ACTS_OF[act.data.kind].confirm, places)))
    return fail({ kind: 'not-allowed' })
  return ok({ id, act: act.data, by })
}

/** What was decided, and where. */
export interface AnsweredAct {
  act: JointAct
  where: Where
}

/** Notes the decision, once, and tells whoever proposed. */
export async function decide(
  app: App,
  tx: Tx,
  { id, act, by }: Decidable,
  outcome: 'done' | 'refused',
  account: number,
): Promise<AnsweredAct> {
  if (!(await decideProposal(tx, id, outcome, account))) throw new Error('a held proposal was decided')
  const where = await whereOf(tx, act)
  const at = await clock(tx)
  await tell(
    app,
    tx,
    { kind: 'second-decided', proposal: id, by: account, act, where, outcome, at },
    { account: by, dedupe: `second:${id}` },
  )
  return { act, where }
}
