// One-time codes that the desk gives: the last one of each roll row, as a keyed hash.
import type { Tx } from './db.ts'

/** The code of a row from now on; an earlier one is none any more. False: another row of the cycle has this very code. */
export async function setDeskCode(
  tx: Tx,
  { cycle, rollRow, mac }: { cycle: number; rollRow: number; mac: Uint8Array },
): Promise<boolean> {
  const rows = await tx.sql`
    insert into desk_code as d (roll_row, cycle, code_mac)
    select ${rollRow}::int, ${cycle}::int, ${mac}::bytea
    where not exists (select 1 from desk_code x where x.cycle = ${cycle} and x.code_mac = ${mac} and x.roll_row <> ${rollRow})
    on conflict (roll_row) do update set code_mac = excluded.code_mac, used = false, at = clock_timestamp() returning roll_row`
  return rows.length > 0
}

/** Codes that nobody can type in any more. */
export async function forgetDeskCodes(tx: Tx): Promise<void> {
  await tx.sql`delete from desk_code where at < clock_timestamp() - interval '1 hour'`
}
