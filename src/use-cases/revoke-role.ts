// Takes a role away, in one territory or wherever the account holds it.
import { fail, ok, type Result } from '../core/result.ts'
import { INSTALLATION_LOG } from '../store/log.ts'
import { clock } from '../store/clock.ts'
import { endGrants } from '../store/roles.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { endNamings } from './name-facilitator.ts'
import { type AccountGrant, placesOf, staffOf } from './grant-role.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type RevokeProblem = NotAllowed | { kind: 'to-oneself' }

/** Returns how many grants ended; the same again ends none. */
export async function revokeRole(
  app: App,
  grant: AccountGrant,
  by: Actor,
): Promise<Result<number, RevokeProblem>> {
  return transact<number, RevokeProblem>(app, async (tx) => {
    if (!(await mayAct(app, tx, by, 'grant-role', placesOf(grant)))) return fail({ kind: 'not-allowed' })
    if (by === grant.account) return fail({ kind: 'to-oneself' })
    const ended = await endGrants(tx, grant.account, grant)
    if (ended > 0)
      await appendLeaf(app, tx, INSTALLATION_LOG, {
        kind: 'revoked',
        at: await clock(tx),
        ...staffOf(app, grant, by),
      })
    if (grant.role === 'facilitator') await endNamings(app, tx, grant, by)
    return ok(ended)
  })
}
