// Gives a person a role, in all territories or in one. Every grant is logged without saying whose it is.
import { fail, ok, type Result } from '../core/result.ts'
import { clashOn, type Tx } from '../store/db.ts'
import { appendLeaf, INSTALLATION_LOG } from '../store/log.ts'
import { activeGrants, insertGrant } from '../store/people.ts'
import { clock } from '../store/clock.ts'
import { accountMark, type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { transact } from './transact.ts'

export const ROLES = ['facilitator', 'moderator', 'official', 'auditor', 'admin'] as const
export type Role = (typeof ROLES)[number]
export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)

export interface Grant {
  account: number
  role: Role
  /** Absent: in all territories. */
  territory?: number
}

export type GrantProblem =
  /** Only an admin grants, or whoever runs the server. */
  | { kind: 'not-an-admin' }
  /** An admin grants roles and holds no other of their own making. */
  | { kind: 'to-oneself' }

/** Returns whether the role is new; the same grant again changes nothing. */
export async function grantRole(app: App, grant: Grant, by: Actor): Promise<Result<boolean, GrantProblem>> {
  try {
    return await transact<boolean, GrantProblem>(app, async (tx) => {
      const problem = await mayGrant(tx, grant, by)
      if (problem) return fail(problem)
      const { account, role, territory } = grant
      await insertGrant(tx, { account, role, territory: territory ?? null, by: String(by) })
      await appendLeaf(tx, INSTALLATION_LOG, {
        kind: 'granted',
        at: await clock(tx),
        ...staffOf(app, grant, by),
      })
      return ok(true)
    })
  } catch (error) {
    if (clashOn(error) === 'role_grant_active') return ok(false)
    throw error
  }
}

export async function mayGrant(tx: Tx, grant: Grant, by: Actor): Promise<GrantProblem | undefined> {
  if (typeof by !== 'number') return undefined
  const admin = (await activeGrants(tx)).some((one) => one.account === by && one.role === 'admin')
  if (!admin) return { kind: 'not-an-admin' }
  return by === grant.account ? { kind: 'to-oneself' } : undefined
}

export const staffOf = (app: App, { account, role, territory }: Grant, by: Actor) => ({
  account: accountMark(app, account),
  role,
  ...(territory === undefined ? {} : { territory: String(territory) }),
  by: markOf(app, by),
})
