// Claims: which rows of the roll an account votes for.
import { and, eq } from 'drizzle-orm'
import type { Localised } from '../core/localised.ts'
import type { Tx } from './db.ts'
import { claim } from './schema-roll.ts'

/** A row of the roll that an account claimed: somebody it votes for. */
export interface Voter {
  rollRow: number
  territory: number
  serial: number | null
  label: string | null
  way: string
  method: string
  castAt: string | null
  receipt: string | null
}

/** The voters this account has claimed in a cycle, each with its last recorded ballot. */
export async function votersOf(tx: Tx, cycle: number, account: number): Promise<Voter[]> {
  return tx.sql<Voter[]>`
    select c.roll_row as "rollRow", r.territory, c.serial, c.label, r.way, c.method,
      to_char(b.signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "castAt", b.receipt
    from claim c join roll_row r on r.id = c.roll_row
    left join lateral (select signed_at, receipt from ballot where cycle = c.cycle and roll_row = c.roll_row order by s desc limit 1) b on true
    where c.cycle = ${cycle} and c.account = ${account} order by c.at, c.roll_row`
}

/** The newest cycle besides `apart` in which the account holds a right that has voted. */
export async function lastVoted(
  tx: Tx,
  account: number,
  apart: number,
): Promise<{ id: number; title: Localised } | undefined> {
  const [row] = await tx.sql<{ id: number; title: Localised }[]>`
    select y.id, y.title from cycle y where y.id <> ${apart} and exists (
      select 1 from claim c join ballot b on b.cycle = c.cycle and b.roll_row = c.roll_row where c.cycle = y.id and c.account = ${account})
    order by y.id desc limit 1`
  return row
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
