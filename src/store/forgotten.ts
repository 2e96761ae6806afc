// What goes once a vote may be forgotten: the database itself asks for its leaf and its days.
import type { Tx } from './db.ts'

/** Throws where the leaf is missing, or the days for disputes are not over. */
export async function forgetRows(tx: Tx, cycle: number): Promise<void> {
  await tx.sql`select forget_cycle(${cycle})`
}
