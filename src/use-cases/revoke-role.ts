// Takes a role away, in one territory or wherever the person holds it.
import { fail, ok, type Result } from '../core/result.ts'
import { appendLeaf, INSTALLATION_LOG } from '../store/log.ts'
import { endGrants } from '../store/people.ts'
import { clock } from '../store/clock.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'
import { type Grant, type GrantProblem, mayGrant, staffOf } from './grant-role.ts'
import { transact } from './transact.ts'

/** Returns how many grants ended; the same again ends none. */
export async function revokeRole(app: App, grant: Grant, by: Actor): Promise<Result<number, GrantProblem>> {
  return transact<number, GrantProblem>(app, async (tx) => {
    const problem = await mayGrant(tx, grant, by)
    if (problem) return fail(problem)
    const ended = await endGrants(tx, grant.account, grant.role, grant.territory ?? null)
    if (ended > 0)
      await appendLeaf(tx, INSTALLATION_LOG, {
        kind: 'revoked',
        at: await clock(tx),
        ...staffOf(app, grant, by),
      })
    return ok(ended)
  })
}
