// The voter roll of a cycle and the files it came in by. Phones come in as hashes only.
import { and, eq } from 'drizzle-orm'
import type { Tx } from './db.ts'
import { rollImport } from './schema-staff.ts'

export interface HashedRollRow {
  territory: number
  registerNo: number
  contactMac: Uint8Array | undefined
}
/** For JSON as a parameter. */
export const hexOf = (bytes: Uint8Array | undefined): string | null =>
  bytes ? Buffer.from(bytes).toString('hex') : null

/** Adds rows that are not on the roll yet; a row that is there keeps its claim and gets a changed number. Returns new rows by territory. */
export async function upsertRollRows(
  tx: Tx,
  cycle: number,
  rows: readonly HashedRollRow[],
): Promise<Record<string, number>> {
  const added: Record<string, number> = {}
  for (let start = 0; start < rows.length; start += 2000) {
    const part = rows.slice(start, start + 2000).map((row) => ({
      t: row.territory,
      n: row.registerNo,
      mac: hexOf(row.contactMac),
    }))
    const stored = await tx.sql<{ territory: number; added: boolean }[]>`
      insert into roll_row as r (cycle, territory, register_no, contact_mac)
      select ${cycle}::int, x.t, x.n, decode(x.mac, 'hex')
      from jsonb_to_recordset(${JSON.stringify(part)}::text::jsonb) x(t int, n int, mac text)
      on conflict (cycle, territory, register_no) do update set contact_mac = coalesce(excluded.contact_mac, r.contact_mac)
      returning r.territory, (xmax = 0) as added`
    for (const { territory } of stored.filter((row) => row.added))
      added[territory] = (added[territory] ?? 0) + 1
  }
  return added
}

/**
 * Of the rows that these cards are for: `having` how many have a card that works or will, `again` how many of them would get
 * one more. A card that came in before is no second one.
 */
export async function secondCards(
  tx: Tx,
  cycle: number,
  cards: readonly { territory: number; registerNo: number; serial: number }[],
): Promise<{ having: number; again: number }> {
  const given = JSON.stringify(cards.map(({ territory: t, registerNo: n, serial: s }) => ({ t, n, s })))
  const [row] = await tx.sql<{ having: number; again: number }[]>`
    select count(distinct r.id)::int as having, count(distinct r.id) filter (where not exists (
      select 1 from card o where o.cycle = ${cycle}::int and o.territory = x.t and o.serial = x.s))::int as again
    from jsonb_to_recordset(${given}::text::jsonb) x(t int, n int, s int)
    join roll_row r on r.cycle = ${cycle}::int and r.territory = x.t and r.register_no = x.n
    join card k on k.roll_row = r.id and k.state in ('printed', 'handed_over')`
  return row ?? { having: 0, again: 0 }
}

/** How many of these rows are not on the roll yet, by territory. */
export async function missingRollRows(
  tx: Tx,
  cycle: number,
  rows: readonly { territory: number; registerNo: number }[],
): Promise<Record<string, number>> {
  const given = JSON.stringify(rows.map(({ territory, registerNo }) => ({ t: territory, n: registerNo })))
  const missing = await tx.sql<{ territory: number; rows: number }[]>`
    select x.t as territory, count(*)::int as rows from jsonb_to_recordset(${given}::text::jsonb) x(t int, n int)
    where not exists (select 1 from roll_row r where r.cycle = ${cycle} and r.territory = x.t and r.register_no = x.n)
    group by x.t`
  return Object.fromEntries(missing.map(({ territory, rows }) => [territory, rows]))
}

/** The roll rows of these places on the register, in their order; undefined for one that is not on the roll. */
export async function rightsOf(
  tx: Tx,
  cycle: number,
  places: readonly { territory: number; registerNo: number }[],
): Promise<(number | undefined)[]> {
  const given = JSON.stringify(places.map(({ territory, registerNo }) => ({ t: territory, n: registerNo })))
  const rows = await tx.sql<{ id: number; territory: number; registerNo: number }[]>`
    select distinct r.id, r.territory, r.register_no as "registerNo" from jsonb_to_recordset(${given}::text::jsonb) x(t int, n int)
    join roll_row r on r.cycle = ${cycle}::int and r.territory = x.t and r.register_no = x.n`
  const ids = new Map(rows.map((row) => [`${row.territory} ${row.registerNo}`, row.id]))
  return places.map(({ territory, registerNo }) => ids.get(`${territory} ${registerNo}`))
}

/** Rows of a cycle's roll that nobody has claimed, by territory and register number. */
export const unclaimedRows = (tx: Tx, cycle: number): Promise<{ territory: number; registerNo: number }[]> =>
  tx.sql<{ territory: number; registerNo: number }[]>`
    select r.territory, r.register_no as "registerNo" from roll_row r
    where r.cycle = ${cycle} and not exists (select 1 from claim c where c.cycle = r.cycle and c.roll_row = r.id)
    order by r.territory, r.register_no`

/** The numbers of a village's roll, ascending. */
export async function registersOf(tx: Tx, cycle: number, territory: number): Promise<number[]> {
  const rows = await tx.sql<{ n: number }[]>`
    select register_no as n from roll_row where cycle = ${cycle} and territory = ${territory} order by register_no`
  return rows.map(({ n }) => n)
}

/** How many people of a village may vote. */
export async function rollSize(tx: Tx, cycle: number, territory: number): Promise<number> {
  const [row] = await tx.sql<{ n: number }[]>`
    select count(*)::int as n from roll_row where cycle = ${cycle} and territory = ${territory}`
  return row?.n ?? 0
}

/** Rows of the roll per territory, with cards printed, handed over and claims. */
export async function rollNumbers(tx: Tx, cycle: number) {
  return tx.sql<{ territory: number; rows: number; cards: number; handed: number; claimed: number }[]>`
    select r.territory, count(distinct r.id)::int as rows, count(k.id)::int as cards,
      count(k.id) filter (where k.state = 'handed_over')::int as handed, count(distinct c.roll_row)::int as claimed
    from roll_row r left join card k on k.roll_row = r.id left join claim c on c.roll_row = r.id
    where r.cycle = ${cycle} group by r.territory order by r.territory`
}

/** Files a roll import as proposed and returns its id; under the lock of its cycle, once a file. */
export async function insertImport(
  tx: Tx,
  row: { cycle: number; fileHash: string; rows: Record<string, number>; importedBy: string },
): Promise<number> {
  const [stored] = await tx.orm.insert(rollImport).values(row).returning({ id: rollImport.id })
  if (!stored) throw new Error('the import was not filed')
  return stored.id
}

/** Marks an import as approved, once. */
export async function approveImport(tx: Tx, id: number, by: string): Promise<boolean> {
  const rows = await tx.orm
    .update(rollImport)
    .set({ state: 'approved', approvedBy: by })
    .where(and(eq(rollImport.id, id), eq(rollImport.state, 'proposed')))
    .returning({ id: rollImport.id })
  return rows.length > 0
}

export interface StoredImport {
  id: number
  state: 'proposed' | 'approved'
  importedBy: string
}

/** A roll file that came in before, told by its hash, held for a decision; undefined when there is none. */
export async function importForUpdate(
  tx: Tx,
  cycle: number,
  fileHash: string,
): Promise<StoredImport | undefined> {
  const [row] = await tx.orm
    .select({ id: rollImport.id, state: rollImport.state, importedBy: rollImport.importedBy })
    .from(rollImport)
    .where(and(eq(rollImport.cycle, cycle), eq(rollImport.fileHash, fileHash)))
    .for('update')
  return row
}
