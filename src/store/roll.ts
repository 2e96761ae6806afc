// The voter roll of a cycle and its cards: imported, handed over, reissued. Codes and phones come in as hashes only.
import { and, eq, inArray, max, notInArray } from 'drizzle-orm'
import type { Tx } from './db.ts'
import { card, rollImport } from './schema-vote.ts'

export interface HashedRollRow {
  territory: number
  registerNo: number
  contactMac: Uint8Array | undefined
}
export interface HashedCard {
  territory: number
  registerNo: number
  serial: number
  codeHash: Uint8Array
}

const hex = (bytes: Uint8Array | undefined): string | null =>
  bytes ? Buffer.from(bytes).toString('hex') : null

/** Adds rows that are not on the roll yet; a row that is there keeps its claim and gets a changed number. Returns new rows. */
export async function upsertRollRows(tx: Tx, cycle: number, rows: readonly HashedRollRow[]): Promise<number> {
  let added = 0
  for (let start = 0; start < rows.length; start += 2000) {
    const part = rows.slice(start, start + 2000).map((row) => ({
      t: row.territory,
      n: row.registerNo,
      mac: hex(row.contactMac),
    }))
    const stored = await tx.sql<{ added: boolean }[]>`
      insert into roll_row as r (cycle, territory, register_no, contact_mac)
      select ${cycle}::int, x.t, x.n, decode(x.mac, 'hex')
      from jsonb_to_recordset(${JSON.stringify(part)}::text::jsonb) x(t int, n int, mac text)
      on conflict (cycle, territory, register_no) do update set contact_mac = coalesce(excluded.contact_mac, r.contact_mac)
      returning (xmax = 0) as added`
    added += stored.filter((row) => row.added).length
  }
  return added
}

/**
 * Stores cards by their hashes; a card of the same village and serial that is there stays. `added`: how many are new;
 * `others`: how many serials belong to a card with another code, so that the one on paper would never work.
 */
export async function insertCards(
  tx: Tx,
  cycle: number,
  cards: readonly HashedCard[],
): Promise<{ added: number; others: number }> {
  let added = 0
  let others = 0
  for (let start = 0; start < cards.length; start += 2000) {
    const part = JSON.stringify(
      cards.slice(start, start + 2000).map((one) => ({
        t: one.territory,
        s: one.serial,
        n: one.registerNo,
        hash: hex(one.codeHash),
      })),
    )
    const given = tx.sql`jsonb_to_recordset(${part}::text::jsonb) x(t int, s int, n int, hash text)`
    const stored = await tx.sql`
      insert into card (cycle, territory, serial, roll_row, code_hash)
      select ${cycle}::int, x.t, x.s, r.id, decode(x.hash, 'hex') from ${given}
      join roll_row r on r.cycle = ${cycle}::int and r.territory = x.t and r.register_no = x.n
      on conflict (cycle, territory, serial) do nothing returning id`
    const clashing = await tx.sql`
      select k.id from ${given} join card k on k.cycle = ${cycle}::int and k.territory = x.t and k.serial = x.s
      where k.code_hash <> decode(x.hash, 'hex')`
    added += stored.length
    others += clashing.length
  }
  return { added, others }
}

/** Rows of a cycle's roll that nobody has claimed, by territory and register number. */
export const unclaimedRows = (tx: Tx, cycle: number): Promise<{ territory: number; registerNo: number }[]> =>
  tx.sql<{ territory: number; registerNo: number }[]>`
    select r.territory, r.register_no as "registerNo" from roll_row r
    where r.cycle = ${cycle} and not exists (select 1 from claim c where c.cycle = r.cycle and c.roll_row = r.id)
    order by r.territory, r.register_no`

/** The highest serial of a territory's cards, 0 when it has none. */
export async function lastSerial(tx: Tx, cycle: number, territory: number): Promise<number> {
  const [row] = await tx.orm
    .select({ serial: max(card.serial) })
    .from(card)
    .where(and(eq(card.cycle, cycle), eq(card.territory, territory)))
  return row?.serial ?? 0
}

export interface HandOver {
  handed: number[]
  already: number[]
  dead: number[]
  unknown: number[]
}

/** Enters serials as handed over. A card handed over kills every other living card of its roll row: a reissue. */
export async function handOver(
  tx: Tx,
  cycle: number,
  territory: number,
  serials: readonly number[],
): Promise<HandOver> {
  const here = and(eq(card.cycle, cycle), eq(card.territory, territory), inArray(card.serial, [...serials]))
  const before = await tx.orm
    .select({ serial: card.serial, state: card.state })
    .from(card)
    .where(here)
    .for('update')
  const handed = await tx.orm
    .update(card)
    .set({ state: 'handed_over' })
    .where(and(here, eq(card.state, 'printed')))
    .returning({ id: card.id, serial: card.serial, rollRow: card.rollRow })
  if (handed.length > 0) {
    await tx.orm
      .update(card)
      .set({ state: 'dead' })
      .where(
        and(
          inArray(
            card.rollRow,
            handed.map((row) => row.rollRow),
          ),
          inArray(card.state, ['printed', 'handed_over']),
          notInArray(
            card.id,
            handed.map((row) => row.id),
          ),
        ),
      )
  }
  const states = new Map(before.map((row) => [row.serial, row.state]))
  return {
    handed: handed.map((row) => row.serial),
    already: serials.filter((serial) => states.get(serial) === 'handed_over'),
    dead: serials.filter((serial) => ['dead', 'returned', 'destroyed'].includes(states.get(serial) ?? '')),
    unknown: serials.filter((serial) => !states.has(serial)),
  }
}

/** Rows of the roll per territory, with cards printed, handed over and claims. */
export async function rollNumbers(tx: Tx, cycle: number) {
  return tx.sql<{ territory: number; rows: number; cards: number; handed: number; claimed: number }[]>`
    select r.territory, count(distinct r.id)::int as rows, count(k.id)::int as cards,
      count(k.id) filter (where k.state = 'handed_over')::int as handed, count(distinct c.roll_row)::int as claimed
    from roll_row r left join card k on k.roll_row = r.id left join claim c on c.roll_row = r.id
    where r.cycle = ${cycle} group by r.territory order by r.territory`
}

/** Kills cards nobody has used, so that new ones can be printed for their rows. Returns how many died. */
export async function killUnusedCards(tx: Tx, cycle: number): Promise<number> {
  const rows = await tx.sql`
    update card k set state = 'dead' where k.cycle = ${cycle} and k.state in ('printed', 'handed_over')
      and not exists (select 1 from claim c where c.cycle = k.cycle and c.roll_row = k.roll_row) returning k.id`
  return rows.length
}

/** Files a roll import as proposed and returns its id; undefined when the same file is there already. */
export async function insertImport(
  tx: Tx,
  row: { cycle: number; fileHash: string; rows: Record<string, number>; importedBy: string },
): Promise<number | undefined> {
  const [stored] = await tx.orm
    .insert(rollImport)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: rollImport.id })
  return stored?.id
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
