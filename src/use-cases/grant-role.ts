// Gives an account a role: everywhere or in one territory, for good or until a moment. Logged without saying whose it is.
import { fail, ok, type Result } from '../core/result.ts'
import type { Grant } from '../core/role.ts'
import { clashOn, iso } from '../store/db.ts'
import { INSTALLATION_LOG } from '../store/log.ts'
import { clock } from '../store/clock.ts'
import { endGrant, grantForUpdate, insertGrant } from '../store/roles.ts'
import { accountMark, type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { grantRow, ledgerOf } from './logged-grants.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type AccountGrant = Grant & { account: number }

export type GrantProblem =
  /** Only an admin of that territory grants, or whoever runs the server. */
  | NotAllowed
  /** An admin grants roles and holds no other of their own making. */
  | { kind: 'to-oneself' }
  /** It would be over before it began. */
  | { kind: 'until-past' }

/** Returns whether anything is new: the same grant again changes nothing, with another end it takes the place of the one before. */
export async function grantRole(
  app: App,
  grant: AccountGrant,
  by: Actor,
): Promise<Result<boolean, GrantProblem>> {
  const until = grant.until === undefined ? undefined : iso(grant.until)
  try {
    return await transact<boolean, GrantProblem>(app, async (tx) => {
      const { account, role, territory } = grant
      if (!(await mayAct(app, tx, by, 'grant-role', placesOf(grant)))) return fail({ kind: 'not-allowed' })
      if (by === account) return fail({ kind: 'to-oneself' })
      const before = await grantForUpdate(tx, account, grant)
      const at = await clock(tx)
      if (until !== undefined && Date.parse(until) <= Date.parse(at)) return fail({ kind: 'until-past' })
      // A row that no leaf gave gives no role: it is ended, and the role is granted with a leaf.
      const logged = (await ledgerOf(app, tx, account)).has({ ...grantRow(app, grant), until })
      if (before && before.until === until && logged) return ok(false)
      if (before) await endGrant(tx, before.id)
      await insertGrant(tx, {
        account,
        role,
        ...(territory === undefined ? {} : { territory }),
        ...(until === undefined ? {} : { until }),
        by: String(by),
      })
      await appendLeaf(app, tx, INSTALLATION_LOG, {
        kind: 'granted',
        at,
        ...staffOf(app, grant, by),
        ...(until === undefined ? {} : { until }),
      })
      return ok(true)
    })
  } catch (error) {
    // Granted by somebody else in this moment.
    if (clashOn(error) === 'role_grant_active') return ok(false)
    throw error
  }
}

/** Where whoever grants or takes a role must be an admin. */
export const placesOf = ({ territory }: Grant): number[] => (territory === undefined ? [] : [territory])

/** Whose role it is, as the log may say it. */
export const staffOf = (app: App, { account, role, territory }: AccountGrant, by: Actor) => ({
  account: accountMark(app, account),
  role,
  ...(territory === undefined ? {} : { territory: String(territory) }),
  by: markOf(app, by),
})
