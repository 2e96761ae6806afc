// The first of two officials proposes an act: nothing happens, and everybody who may confirm it is asked in their own chat.
import { createHash } from 'node:crypto'
import { rowBond } from '../core/audit/mac.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import { uuidOf } from '../core/ids.ts'
import { ACTS_OF, type JointAct, PROPOSAL_HOURS } from '../core/two-officials.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { enqueue } from '../store/deliveries.ts'
import { holdKey, insertProposal, openProposal } from '../store/proposals.ts'
import type { App } from './app.ts'
import { placesOfAct, whereOf } from './joint-act.ts'
import { mayAct, type NotAllowed, whoElseMay } from './may-act.ts'

export type ProposeProblem =
  | NotAllowed
  /** No other account holds the role in all these places. */
  | { kind: 'nobody-to-confirm' }

export interface Proposed {
  id: string
  act: JointAct
  /** UTC ISO. */
  until: string
  /** Whoever may confirm it now: accounts, by number. */
  askable: number[]
  /** It stood there before; `by` and `at` say who proposed it, and when (UTC ISO). */
  already: boolean
  by: number
  at: string
}

/** In the transaction of whoever found that the act makes sense. The same act again, while it waits, is the same proposal. */
export async function proposeAct(
  app: App,
  tx: Tx,
  act: JointAct,
  by: number,
): Promise<Result<Proposed, ProposeProblem>> {
  const places = await placesOfAct(tx, act)
  if (!(await mayAct(app, tx, by, ACTS_OF[act.kind].propose, places))) return fail({ kind: 'not-allowed' })
  const key = createHash('sha256').update(canonicalJson(act)).digest('hex')
  await holdKey(tx, key)
  const before = await openProposal(tx, key)
  const askable = await whoElseMay(app, tx, ACTS_OF[act.kind].confirm, places, before?.proposedBy ?? by)
  if (askable.length === 0) return fail({ kind: 'nobody-to-confirm' })
  const asked = before
    ? { id: before.id, act, by: before.proposedBy ?? by, until: before.until }
    : await anew(app, tx, act, key, by)
  await ask(tx, asked, askable)
  const { id, until } = asked
  const at = new Date(Date.parse(until) - PROPOSAL_HOURS * 3_600_000).toISOString()
  return ok({ id, act, until, askable, already: before !== undefined, by: asked.by, at })
}

interface Asked {
  id: string
  act: JointAct
  by: number
  /** UTC ISO. */
  until: string
}

async function anew(app: App, tx: Tx, act: JointAct, key: string, by: number): Promise<Asked> {
  const id = uuidOf(app.random(16))
  const until = new Date(Date.parse(await clock(tx)) + PROPOSAL_HOURS * 3_600_000).toISOString()
  const bond = proposalBond(app, { id, act, by, until })
  await insertProposal(tx, { id, act, key, proposedBy: by, until, bond })
  return { id, act, by, until }
}

/** Whoever may confirm is written to; asked again, at most once in ten minutes. */
async function ask(tx: Tx, { id, act, by, until }: Asked, accounts: readonly number[]): Promise<void> {
  const where = await whereOf(tx, act)
  const turn = Math.floor(Date.parse(await clock(tx)) / 600_000)
  for (const account of accounts)
    await enqueue(
      tx,
      { kind: 'second-asked', proposal: id, by, act, where, until },
      { account, dedupe: `second:${id}:${account}:${turn}` },
    )
}

/** What only the program can have asked. `until`: UTC ISO. */
export const proposalBond = (app: App, { id, act, by, until }: Asked): Uint8Array =>
  rowBond(app.secrets.leafKey, app.origin, { kind: 'proposal', id, act, by: String(by), until })
