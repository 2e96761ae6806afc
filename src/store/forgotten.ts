// What goes once a vote may be forgotten: the database itself asks for its leaf and its days.
import type { Tx } from './db.ts'

/** Throws where the leaf is missing, or the days for disputes are not over. */
export async function forgetRows(tx: Tx, cycle: number): Promise<void> {
  await tx.sql`select forget_cycle(${cycle})`
}

/** Whether a ballot of a cycle, opened or helped with, still names an account. */
export async function namesAccounts(tx: Tx, cycle: number): Promise<boolean> {
  const [row] = await tx.sql<{ named: boolean }[]>`
    select exists (select 1 from opened_ballot where cycle = ${cycle} and account is not null)
      or exists (select 1 from assist where cycle = ${cycle} and account is not null) as named`
  return row?.named === true
}
