// Grants of roles: given until a moment or until they are taken away, one of a kind at a time.
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { type Grant, isRole } from '../core/role.ts'
import { iso, type Tx } from './db.ts'
import { roleGrant } from './schema-cycle.ts'

/** A grant as a row says it; a role that this program does not know gives nothing. */
export const grantOf = (row: { role: string; territory: number | null; until: string | null }): Grant[] =>
  isRole(row.role)
    ? [
        {
          role: row.role,
          ...(row.territory === null ? {} : { territory: row.territory }),
          ...(row.until === null ? {} : { until: iso(row.until) }),
        },
      ]
    : []

/**
 * The grants of an account that were not taken away, those that ran out too: ask `holds`. Held until the transaction ends, so that
 * whoever takes one away waits for the act that leans on it, and the log has the two in this order.
 */
export async function grantsOf(tx: Tx, account: number): Promise<Grant[]> {
  const { role, territory, until } = roleGrant
  const rows = await tx.orm
    .select({ role, territory, until })
    .from(roleGrant)
    .where(and(eq(roleGrant.account, account), isNull(roleGrant.revokedAt)))
    .for('share')
  return rows.flatMap(grantOf)
}

/** Every grant in force, by account. */
export async function allGrants(tx: Tx): Promise<(Grant & { account: number })[]> {
  const { account, role, territory, until } = roleGrant
  const rows = await tx.orm
    .select({ account, role, territory, until })
    .from(roleGrant)
    .where(inForce)
    .orderBy(account, role, territory)
  return rows.flatMap((row) => grantOf(row).map((grant) => ({ ...grant, account: row.account })))
}

const inForce = and(
  isNull(roleGrant.revokedAt),
  or(isNull(roleGrant.until), gt(roleGrant.until, sql`clock_timestamp()`)),
)

/** The account's own grant of this role for this very territory, if it was not taken away; held for a decision. */
export async function grantForUpdate(
  tx: Tx,
  account: number,
  { role, territory }: Grant,
): Promise<{ id: number; until: string | undefined } | undefined> {
  const [row] = await tx.orm
    .select({ id: roleGrant.id, until: roleGrant.until })
    .from(roleGrant)
    .where(
      and(
        eq(roleGrant.account, account),
        eq(roleGrant.role, role),
        territory === undefined ? isNull(roleGrant.territory) : eq(roleGrant.territory, territory),
        isNull(roleGrant.revokedAt),
      ),
    )
    .for('update')
  return row && { id: row.id, until: row.until === null ? undefined : iso(row.until) }
}

/** Stores a grant. Clashes on `role_grant_active` while one for the same territory was not taken away. */
export async function insertGrant(
  tx: Tx,
  { account, role, territory, until, by }: Grant & { account: number; by: string },
): Promise<void> {
  await tx.orm
    .insert(roleGrant)
    .values({ account, role, territory: territory ?? null, until: until ?? null, grantedBy: by })
}

/** Ends one grant: another one takes its place. */
export async function endGrant(tx: Tx, id: number): Promise<void> {
  await tx.orm.update(roleGrant).set({ revokedAt: sql`clock_timestamp()` }).where(eq(roleGrant.id, id))
}

/** Ends the grants in force that match, in one territory or wherever they are held; returns how many ended. */
export async function endGrants(tx: Tx, account: number, { role, territory }: Grant): Promise<number> {
  const rows = await tx.orm
    .update(roleGrant)
    .set({ revokedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(roleGrant.account, account),
        eq(roleGrant.role, role),
        territory === undefined ? undefined : eq(roleGrant.territory, territory),
        inForce,
      ),
    )
    .returning({ id: roleGrant.id })
  return rows.length
}

/** Every account that holds a role or held one. */
export async function accountsWithRoles(tx: Tx): Promise<number[]> {
  const rows = await tx.orm.selectDistinct({ account: roleGrant.account }).from(roleGrant)
  return rows.map(({ account }) => account)
}
