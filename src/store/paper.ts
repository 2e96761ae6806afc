// Votes on paper: rows of the roll that were handed a paper, boxes as clerks type them in, and the boxes that two agreed on.
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Localised } from '../core/localised.ts'
import type { PaperSums } from '../core/paper.ts'
import type { Tx } from './db.ts'
import { paperBox, paperEntry } from './schema-paper.ts'

type Where = { cycle: number; territory: number }

export interface RowAtDesk {
  rollRow: number
  /** `open`, `desk` or `paper`. */
  way: string
  /** Who votes for the row, where somebody does. */
  account: number | null
}

/** A row of a village by its number on the akimat's list, held until the transaction ends. */
export async function rowForUpdate(
  tx: Tx,
  { cycle, territory }: Where,
  registerNo: number,
): Promise<RowAtDesk | undefined> {
  const [row] = await tx.sql<{ rollRow: number; way: string }[]>`
    select id as "rollRow", way from roll_row
    where cycle = ${cycle} and territory = ${territory} and register_no = ${registerNo} for update`
  if (!row) return undefined
  const [held] = await tx.sql<{ account: number | null }[]>`
    select account from claim where cycle = ${cycle} and roll_row = ${row.rollRow}`
  return { ...row, account: held?.account ?? null }
}

/** The row votes on paper from now on. False: it went another way before. */
export async function markOnPaper(tx: Tx, rollRow: number): Promise<boolean> {
  const rows =
    await tx.sql`update roll_row set way = 'paper' where id = ${rollRow} and way = 'open' returning id`
  return rows.length > 0
}

/** By which channel the vote of a row came that counts; undefined where the village has no such row. Of a paper nobody knows more than that. */
export async function channelOfRow(
  tx: Tx,
  { cycle, territory }: Where,
  registerNo: number,
): Promise<'none' | 'online' | 'assisted' | 'desk' | 'paper' | 'aside' | undefined> {
  const [row] = await tx.sql<{ channel: 'none' | 'online' | 'assisted' | 'desk' | 'paper' | 'aside' }[]>`
    select case when r.way = 'paper' then 'paper'
      when b.channel is null then case r.way when 'desk' then 'desk' else 'none' end
      when exists (select 1 from leaf a where a.log = r.cycle and a.kind = 'ballot-set-aside'
        and ((convert_from(a.body, 'UTF8')::jsonb -> 1) ->> 'seq')::bigint = b.seq) then 'aside'
      else b.channel end as channel
    from roll_row r
    left join lateral (
      select x.channel, e.seq from ballot x left join entry e on e.leaf = x.leaf and e.log = x.cycle
      where x.cycle = r.cycle and x.roll_row = r.id order by x.s desc limit 1) b on true
    where r.cycle = ${cycle} and r.territory = ${territory} and r.register_no = ${registerNo}`
  return row?.channel
}

/** Rows that were handed a paper, by village; a village without any has no line. */
export const paperMarks = (tx: Tx, cycle: number): Promise<{ territory: number; marks: number }[]> =>
  tx.sql<{ territory: number; marks: number }[]>`
    select territory, count(*)::int as marks from roll_row where cycle = ${cycle} and way = 'paper' group by territory order by territory`

export interface TypedBox {
  /** The mark of each valid paper. */
  papers: string[]
  spoiled: number
  returned: number
}

/** What one clerk typed, in place of what they typed before. */
export async function putTyped(tx: Tx, key: Where & { account: number }, typed: TypedBox): Promise<void> {
  await tx.orm
    .insert(paperEntry)
    .values({ ...key, ...typed })
    .onConflictDoUpdate({
      target: [paperEntry.cycle, paperEntry.territory, paperEntry.account],
      set: { ...typed, at: sql`clock_timestamp()` },
    })
}

/** What others typed of the same box, the newest first. */
export const typedByOthers = (
  tx: Tx,
  { cycle, territory, account }: Where & { account: number },
): Promise<(TypedBox & { account: number })[]> =>
  tx.orm
    .select({
      account: paperEntry.account,
      papers: paperEntry.papers,
      spoiled: paperEntry.spoiled,
      returned: paperEntry.returned,
    })
    .from(paperEntry)
    .where(
      and(eq(paperEntry.cycle, cycle), eq(paperEntry.territory, territory), ne(paperEntry.account, account)),
    )
    .orderBy(sql`${paperEntry.at} desc`)

/** How many clerks typed in which box, and whether one of them is this account. */
export const typists = (
  tx: Tx,
  cycle: number,
  account: number,
): Promise<{ territory: number; typed: number; own: boolean }[]> =>
  tx.sql<{ territory: number; typed: number; own: boolean }[]>`
    select territory, count(*)::int as typed, bool_or(account = ${account}) as own from paper_entry
    where cycle = ${cycle} group by territory`

export interface StoredBox extends Where, PaperSums {
  /** Null once it was forgotten. */
  box: Uint8Array | null
  note: Localised | null
}

/** Two agreed: their entries go, and the box is there for good. Clashes on its key where it was there before. */
export async function insertBox(
  tx: Tx,
  { cycle, territory }: Where,
  box: Omit<StoredBox, keyof Where | 'note' | 'box'> & { box: Uint8Array },
) {
  await tx.orm.insert(paperBox).values({ cycle, territory, ...box })
  await tx.orm.delete(paperEntry).where(and(eq(paperEntry.cycle, cycle), eq(paperEntry.territory, territory)))
}

/** The boxes of a cycle that two people entered, by village. */
export const boxesOf = (tx: Tx, cycle: number): Promise<StoredBox[]> =>
  tx.orm
    .select({
      cycle: paperBox.cycle,
      territory: paperBox.territory,
      ballots: paperBox.ballots,
      spoiled: paperBox.spoiled,
      returned: paperBox.returned,
      marks: paperBox.marks,
      box: paperBox.box,
      note: paperBox.note,
    })
    .from(paperBox)
    .where(eq(paperBox.cycle, cycle))
    .orderBy(paperBox.territory)

/** False: there is no such box, or it has a note. */
export async function noteOnBox(tx: Tx, { cycle, territory }: Where, note: Localised): Promise<boolean> {
  const rows = await tx.orm
    .update(paperBox)
    .set({ note })
    .where(and(eq(paperBox.cycle, cycle), eq(paperBox.territory, territory), isNull(paperBox.note)))
    .returning({ cycle: paperBox.cycle })
  return rows.length > 0
}
