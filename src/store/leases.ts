// Leases: a row in PostgreSQL, on its clock, says which replica runs a loop.
import type { Db } from './db.ts'

/** Takes or renews a lease for `seconds`; false while another holder's runs. */
export async function takeLease(db: Db, name: string, holder: string, seconds: number): Promise<boolean> {
  const rows = await db.sql`
    insert into lease (name, holder, until) values (${name}, ${holder}, clock_timestamp() + make_interval(secs => ${seconds}))
    on conflict (name) do update set holder = excluded.holder, until = excluded.until
    where lease.holder = excluded.holder or lease.until < clock_timestamp() returning name`
  return rows.length > 0
}

/** Gives a lease back at an orderly stop. */
export async function dropLease(db: Db, name: string, holder: string): Promise<void> {
  await db.sql`delete from lease where name = ${name} and holder = ${holder}`
}
