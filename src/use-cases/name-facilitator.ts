// Two officials name a facilitator: who may help people of a village to vote in this cycle, until a day. One official ends it.
import { hasClosed } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Grant } from '../core/role.ts'
import type { JointAct } from '../core/two-officials.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleById } from '../store/cycles.ts'
import { iso, type Tx } from '../store/db.ts'
import { facilitatorLogs, INSTALLATION_LOG } from '../store/log.ts'
import { endGrant, endGrants, grantForUpdate, insertGrant } from '../store/roles.ts'
import { codesOf } from '../store/territories.ts'
import { accountMark, type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { staffOf } from './grant-role.ts'
import { loggedFacilitators } from './logged-facilitators.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { proposeAct, type Proposed, type ProposeProblem } from './propose-act.ts'
import { transact } from './transact.ts'

export type FacilitatorAct = Extract<JointAct, { kind: 'facilitator' }>
export type FacilitatorWish = Omit<FacilitatorAct, 'kind'>

export type NameProblem =
  | ProposeProblem
  | { kind: 'no-such-cycle' }
  /** Not a village of this vote. */
  | { kind: 'no-such-place' }
  /** In a real vote two officials name, each with a name of their own. */
  | { kind: 'name-official' }
  /** Nobody names themselves. */
  | { kind: 'to-oneself' }
  | { kind: 'until-past' }
  | { kind: 'closed' }

/** What came of it: in a practice it is done by one. */
export type Named = { kind: 'named' } | ({ kind: 'proposed' } & Proposed)

export const nameFacilitator = (
  app: App,
  wish: FacilitatorWish,
  by: Actor,
): Promise<Result<Named, NameProblem>> =>
  transact<Named, NameProblem>(app, async (tx) => {
    const act: FacilitatorAct = { kind: 'facilitator', ...wish, until: iso(wish.until) }
    if (!(await mayAct(app, tx, by, 'name-facilitator', [act.territory])))
      return fail({ kind: 'not-allowed' })
    const found = await check(tx, act, [by])
    if (!found.ok) return found
    if (found.value.trial) {
      await enter(app, tx, found.value, act, { by, second: undefined })
      return ok({ kind: 'named' })
    }
    if (typeof by !== 'number') return fail({ kind: 'name-official' })
    const proposed = await proposeAct(app, tx, act, by)
    return proposed.ok ? ok({ kind: 'proposed', ...proposed.value }) : proposed
  })

/** As two officials agreed, in the transaction of the second. */
export async function nameInside(
  app: App,
  tx: Tx,
  act: FacilitatorAct,
  both: { by: number; second: number },
): Promise<Result<void, Exclude<NameProblem, ProposeProblem>>> {
  const found = await check(tx, act, [both.by, both.second])
  if (!found.ok) return found
  await enter(app, tx, found.value, act, both)
  return ok(undefined)
}

async function check(
  tx: Tx,
  { cycle: id, territory, account, until }: FacilitatorWish,
  officials: readonly Actor[],
): Promise<Result<Cycle, Exclude<NameProblem, ProposeProblem>>> {
  const cycle = await cycleById(tx, id)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  if (!(await codesOf(tx, id)).some((one) => one.territory === territory))
    return fail({ kind: 'no-such-place' })
  if (officials.includes(account)) return fail({ kind: 'to-oneself' })
  if (hasClosed(cycle)) return fail({ kind: 'closed' })
  return Date.parse(until) <= Date.parse(await clock(tx)) ? fail({ kind: 'until-past' }) : ok(cycle)
}

/** The role with its leaf in the installation's log, and in the cycle's log who may help where: that is what its readers hold sessions against. */
async function enter(
  app: App,
  tx: Tx,
  cycle: Cycle,
  { territory, account, until }: FacilitatorAct,
  { by, second }: { by: Actor; second: number | undefined },
): Promise<void> {
  const grant: Grant & { account: number } = { role: 'facilitator', account, territory, until }
  const at = await clock(tx)
  const agreed = second === undefined ? {} : { second: markOf(app, second) }
  const before = await grantForUpdate(tx, account, grant)
  if (before) await endGrant(tx, before.id)
  await insertGrant(tx, { ...grant, by: String(by) })
  await appendLeaf(app, tx, INSTALLATION_LOG, {
    kind: 'granted',
    at,
    ...staffOf(app, grant, by),
    until,
    ...agreed,
  })
  await appendLeaf(app, tx, cycle.id, {
    kind: 'facilitator-named',
    at,
    cycle: cycle.slug,
    village: String(territory),
    account: accountMark(app, account),
    until,
    by: markOf(app, by),
    ...agreed,
  })
}

export type EndProblem = NotAllowed | { kind: 'no-such-cycle' } | { kind: 'not-named' }

/** They help nobody there from now on; a session that is open is not sent any more. */
export const endFacilitator = (
  app: App,
  { cycle, territory, account }: Omit<FacilitatorWish, 'until'>,
  by: Actor,
): Promise<Result<void, EndProblem>> =>
  transact<void, EndProblem>(app, async (tx) => {
    const found = await cycleById(tx, cycle)
    if (!found) return fail({ kind: 'no-such-cycle' })
    if (!(await mayAct(app, tx, by, 'name-facilitator', [territory]))) return fail({ kind: 'not-allowed' })
    const ledger = await loggedFacilitators(app, tx, found, accountMark(app, account))
    const at = await clock(tx)
    if (!ledger.has(String(territory), accountMark(app, account), at)) return fail({ kind: 'not-named' })
    const grant: Grant & { account: number } = { role: 'facilitator', account, territory }
    if ((await endGrants(tx, account, grant)) > 0)
      await appendLeaf(app, tx, INSTALLATION_LOG, { kind: 'revoked', at, ...staffOf(app, grant, by) })
    await endNamings(app, tx, { account, territory }, by)
    return ok(undefined)
  })

/** Wherever the account was named a facilitator the log says that it is over. `territory`: there only. */
export async function endNamings(
  app: App,
  tx: Tx,
  { account, territory }: { account: number; territory?: number },
  by: Actor,
): Promise<void> {
  const mark = accountMark(app, account)
  const at = await clock(tx)
  for (const { log, slug } of await facilitatorLogs(tx, mark)) {
    const ledger = await loggedFacilitators(app, tx, { id: log, slug }, mark)
    for (const { territory: place } of await codesOf(tx, log)) {
      const village = String(place)
      if (territory !== undefined && territory !== place) continue
      if (!ledger.has(village, mark, at)) continue
      await appendLeaf(app, tx, log, {
        kind: 'facilitator-ended',
        at,
        cycle: slug,
        village,
        account: mark,
        by: markOf(app, by),
      })
    }
  }
}
