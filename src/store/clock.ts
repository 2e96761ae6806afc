// The database's clock: what all replicas share.
import { iso, type Tx } from './db.ts'

/** Now, UTC ISO. */
export async function clock(tx: Tx): Promise<string> {
  const [row] = await tx.sql<{ now: string }[]>`select clock_timestamp()::text as now`
  if (!row) throw new Error('the database did not tell the time')
  return iso(row.now)
}
