// The database's clock: what all replicas share; and whether a press can be written at all.
import { type Db, iso, type Tx } from './db.ts'

/** Now, UTC ISO. */
export async function clock(tx: Tx): Promise<string> {
  const [row] = await tx.sql<{ now: string }[]>`select clock_timestamp()::text as now`
  if (!row) throw new Error('the database did not tell the time')
  return iso(row.now)
}

/** Milliseconds for the locks together. */
const WRITABLE_MS = 1_500

/**
 * Resolves when the tables that a vote writes can be written; throws, within two seconds where the server answers, when somebody holds one
 * of them locked: a migration, an index that is made, a session that was left open.
 */
export const writable = (db: Db): Promise<void> =>
  db.begin(async ({ sql }) => {
    await sql`select set_config('statement_timeout', ${String(WRITABLE_MS)}, true)`
    await sql`lock table account, cycle, roll_row, card, claim, opened_ballot, ballot, leaf in row exclusive mode`
  })
