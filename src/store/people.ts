// People in chat: the Telegram id, the language and village they chose, their roles, the roll rows they vote for.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Locale } from '../core/localised.ts'
import type { Db, Tx } from './db.ts'
import { person, roleGrant } from './schema-cycle.ts'
import { claim, openedBallot } from './schema-vote.ts'

export interface Who {
  id: number
  locale: Locale | undefined
  home: { cycle: number; territory: number } | undefined
  roles: { role: string; territory: number | null }[]
  known: boolean
}

interface WhoRow {
  id: number
  locale: Locale | null
  home_cycle: number | null
  home_territory: number | null
  roles: Who['roles'] | null
}

/** Who is this? One round trip, shared with others who write in the same moment; a stranger is a row with `known: false`. */
export async function accountOf(db: Db, id: number): Promise<Who> {
  const row = await db.together('who', id, async (ids) => {
    const rows = await db.sql<WhoRow[]>`select a.id, a.locale, a.home_cycle, a.home_territory,
        (select json_agg(json_build_object('role', g.role, 'territory', g.territory))
          from role_grant g where g.account = a.id and g.revoked_at is null) as roles
      from account a where a.id = any(${ids}::bigint[])`
    return new Map(rows.map((each) => [each.id, each]))
  })
  if (!row) return { id, locale: undefined, home: undefined, roles: [], known: false }
  const home =
    row.home_cycle !== null && row.home_territory !== null
      ? { cycle: row.home_cycle, territory: row.home_territory }
      : undefined
  return { id, locale: row.locale ?? undefined, home, roles: row.roles ?? [], known: true }
}

/** Remembers what a person chose; creates the account where it is new. */
export async function upsertAccount(
  tx: Tx,
  id: number,
  chosen: { locale?: Locale; home?: { cycle: number; territory: number }; source?: string },
): Promise<void> {
  const values = {
    ...(chosen.locale ? { locale: chosen.locale } : {}),
    ...(chosen.home ? { homeCycle: chosen.home.cycle, homeTerritory: chosen.home.territory } : {}),
  }
  const insert = tx.orm
    .insert(person)
    .values({ id, ...values, ...(chosen.source ? { source: chosen.source } : {}) })
  await (Object.keys(values).length > 0
    ? insert.onConflictDoUpdate({ target: person.id, set: { ...values, reachable: true } })
    : insert.onConflictDoNothing())
}

/** Telegram says whether the bot may write to this person. */
export async function markReachable(tx: Tx, id: number, reachable: boolean): Promise<void> {
  await tx.orm.update(person).set({ reachable }).where(eq(person.id, id))
}

export interface VoterPerson {
  rollRow: number
  territory: number
  serial: number | null
  label: string | null
  way: string
  method: string
  castAt: string | null
  receipt: string | null
}

/** The people this account votes for in a cycle, each with its last recorded ballot. */
export async function peopleOf(tx: Tx, cycle: number, account: number): Promise<VoterPerson[]> {
  return tx.sql<VoterPerson[]>`
    select c.roll_row as "rollRow", r.territory, c.serial, c.label, r.way, c.method,
      to_char(b.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "castAt", b.receipt
    from claim c join roll_row r on r.id = c.roll_row
    left join lateral (select at, receipt from ballot where cycle = c.cycle and roll_row = c.roll_row order by s desc limit 1) b on true
    where c.cycle = ${cycle} and c.account = ${account} order by c.at, c.roll_row`
}

/** Gives a claim the word by which its holder is told apart on a shared phone. */
export async function labelClaim(
  tx: Tx,
  cycle: number,
  rollRow: number,
  account: number,
  label: string,
): Promise<boolean> {
  const rows = await tx.orm
    .update(claim)
    .set({ label })
    .where(and(eq(claim.cycle, cycle), eq(claim.rollRow, rollRow), eq(claim.account, account)))
    .returning({ rollRow: claim.rollRow })
  return rows.length > 0
}

/** Cuts the link of an account: the ballot stays counted, its row stays used; failed look-ups lapse by themselves within a day. */
export async function deleteAccount(tx: Tx, id: number): Promise<void> {
  await tx.orm.update(claim).set({ account: null, label: null }).where(eq(claim.account, id))
  await tx.orm.update(openedBallot).set({ account: 0 }).where(eq(openedBallot.account, id))
  await tx.orm.delete(person).where(eq(person.id, id))
}

/** Roles now in force. */
export async function activeGrants(tx: Tx) {
  return tx.orm.select().from(roleGrant).where(isNull(roleGrant.revokedAt))
}

export async function insertGrant(
  tx: Tx,
  grant: { account: number; role: string; territory: number | null; by: string },
) {
  await tx.orm
    .insert(roleGrant)
    .values({ account: grant.account, role: grant.role, territory: grant.territory, grantedBy: grant.by })
}

/** Ends the grants that match; returns how many ended. */
export async function endGrants(
  tx: Tx,
  account: number,
  role: string,
  territory: number | null,
): Promise<number> {
  const where = [eq(roleGrant.account, account), eq(roleGrant.role, role), isNull(roleGrant.revokedAt)]
  if (territory !== null) where.push(eq(roleGrant.territory, territory))
  const rows = await tx.orm
    .update(roleGrant)
    .set({ revokedAt: sql`now()` })
    .where(and(...where))
    .returning({ id: roleGrant.id })
  return rows.length
}
