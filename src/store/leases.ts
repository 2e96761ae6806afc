// Leases: a row in PostgreSQL, on its clock, says which replica runs a loop.
import type { Tx } from './db.ts'

/** Takes or renews a lease for `seconds`; false while another holder's runs. */
export async function takeLease(tx: Tx, name: string, holder: string, seconds: number): Promise<boolean> {
  const rows = await tx.sql`
    insert into lease (name, holder, until) values (${name}, ${holder}, clock_timestamp() + make_interval(secs => ${seconds}))
    on conflict (name) do update set holder = excluded.holder, until = excluded.until
    where lease.holder = excluded.holder or lease.until < clock_timestamp() returning name`
  return rows.length > 0
}

/** Gives a lease back at an orderly stop. */
export async function dropLease(tx: Tx, name: string, holder: string): Promise<void> {
  await tx.sql`delete from lease where name = ${name} and holder = ${holder}`
}
