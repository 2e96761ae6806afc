// Authors who send no new idea in a cycle for a while.
import { iso, type Tx } from './db.ts'

/** Until when the account sends no new idea in the cycle, UTC ISO; undefined: it may. */
export async function mutedUntil(tx: Tx, cycle: number, account: number): Promise<string | undefined> {
  const [row] = await tx.sql<{ until: string }[]>`
    select until from idea_mute where cycle = ${cycle} and account = ${account} and until > clock_timestamp()`
  return row && iso(row.until)
}

/** So many days from now, whatever was before. Returns until when, UTC ISO. */
export async function mute(tx: Tx, cycle: number, account: number, days: number): Promise<string> {
  const [row] = await tx.sql<{ until: string }[]>`
    insert into idea_mute (cycle, account, until) values (${cycle}, ${account}, clock_timestamp() + make_interval(days => ${days}))
    on conflict (cycle, account) do update set until = excluded.until returning until`
  if (!row) throw new Error('nobody was muted')
  return iso(row.until)
}

/** False where the account was not muted. */
export async function unmute(tx: Tx, cycle: number, account: number): Promise<boolean> {
  const { count } = await tx.sql`
    delete from idea_mute where cycle = ${cycle} and account = ${account} and until > clock_timestamp()`
  return count > 0
}
