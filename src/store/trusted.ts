// What a trusted reading reads, page by page: leaves with the ballots that name them, rows of the roll, signed heads.
import { asc, eq } from 'drizzle-orm'
import type { BallotRow, StrayBallot } from '../core/audit/trusted/ballots.ts'
import type { StoredHead } from '../core/audit/trusted/notes.ts'
import type { LeafWithBallots } from '../core/audit/trusted/read-trusted.ts'
import type { RightRow } from '../core/audit/trusted/rights.ts'
import type { TileRow } from '../core/audit/trusted/tiles.ts'
import type { LogLeaf } from '../core/audit/trusted/tree.ts'
import type { Tx } from './db.ts'
import { head } from './schema-vote.ts'

/** Every head of a log that is kept, by size. */
export const headsOf = (tx: Tx, log: number): Promise<StoredHead[]> =>
  tx.orm
    .select({ size: head.size, root: head.root, edge: head.edge, note: head.note })
    .from(head)
    .where(eq(head.log, log))
    .orderBy(asc(head.size))

/** Tiles are counted by level, then by index; no log has so many of a level. */
const LEVEL = 2 ** 44

export const tileKey = ({ level, index }: TileRow): number => level * LEVEL + index

/** The tiles of a log after one, by `tileKey`. */
export const tilesAfter = (tx: Tx, log: number, after: number, limit: number): Promise<TileRow[]> =>
  tx.sql<TileRow[]>`
    select level, index, hashes from tile
    where log = ${log} and (level, index) > (${Math.floor(after / LEVEL)}::int, ${after < 0 ? -1 : after % LEVEL}::bigint)
    order by level, index limit ${limit}`

type Joined = Omit<LogLeaf, 'seq'> & { id: number; seq?: number } & {
  [K in keyof BallotRow]: BallotRow[K] | null
}

/** Ballots are found by their leaf and its log: one that was lent to another cycle is none of this one. */
const ballotColumns = (tx: Tx) => tx.sql`
  b.roll_row as right, b.s as version, r.territory::text as village, b.channel, b.box, b.receipt, b.bond`

/** The leaves of a log after a number, in the order of their numbers, `limit` at most. */
export async function leavesAfter(
  tx: Tx,
  log: number,
  after: number,
  limit: number,
): Promise<LeafWithBallots[]> {
  const rows = await tx.sql<(Joined & { seq: number })[]>`
    select e.seq, l.id, l.kind, l.body, l.hash, l.mac, ${ballotColumns(tx)}
    from (select seq, leaf from entry where log = ${log} and seq > ${after} order by seq limit ${limit}) e
    join leaf l on l.id = e.leaf left join ballot b on b.leaf = l.id and b.cycle = ${log}
    left join roll_row r on r.id = b.roll_row order by e.seq, l.id`
  return grouped(rows)
}

/** Committed leaves of a log without a number, after an id, in the order in which they will get theirs. */
export async function waitingLeaves(
  tx: Tx,
  log: number,
  after: number,
  limit: number,
): Promise<(Omit<LeafWithBallots, 'seq'> & { id: number })[]> {
  const rows = await tx.sql<Joined[]>`
    select l.id, l.kind, l.body, l.hash, l.mac, ${ballotColumns(tx)}
    from (select l.* from leaf l where l.log = ${log} and l.id > ${after}
      and not exists (select 1 from entry e where e.leaf = l.id and e.log = l.log) order by l.id limit ${limit}) l
    left join ballot b on b.leaf = l.id and b.cycle = ${log} left join roll_row r on r.id = b.roll_row order by l.id`
  return grouped(rows)
}

/** One leaf from as many rows as there are ballots that name it. */
function grouped<T extends Joined>(rows: readonly T[]): (T & { ballots: BallotRow[] })[] {
  const leaves: (T & { ballots: BallotRow[] })[] = []
  for (const row of rows) {
    const last = leaves.at(-1)
    const leaf = last?.id === row.id && last.seq === row.seq ? last : { ...row, ballots: [] }
    if (leaf !== last) leaves.push(leaf)
    const { right, version, channel, box, receipt, bond } = row
    if (right === null || version === null || channel === null || receipt === null) continue
    leaf.ballots.push({ right, version, village: row.village ?? '', channel, box, receipt, bond })
  }
  return leaves
}

/** How many ballots a cycle has stored. */
export async function ballotRowsOf(tx: Tx, cycle: number): Promise<number> {
  const [row] = await tx.sql<{ rows: number }[]>`
    select count(*)::int as rows from ballot where cycle = ${cycle}`
  return row?.rows ?? 0
}

/** Stored ballots of a cycle whose leaf has no place in its log. */
export const strayBallots = (tx: Tx, cycle: number): Promise<StrayBallot[]> =>
  tx.sql<StrayBallot[]>`
    select b.roll_row as right, b.s as version from ballot b
    left join entry e on e.leaf = b.leaf and e.log = b.cycle
    left join leaf l on l.id = b.leaf and l.log = b.cycle and not exists (select 1 from entry x where x.leaf = l.id and x.log = b.cycle)
    where b.cycle = ${cycle} and e.leaf is null and l.id is null order by b.roll_row, b.s`

/** Rows of the roll of a cycle, after an id. */
export const rightsAfter = (tx: Tx, cycle: number, after: number, limit: number): Promise<RightRow[]> =>
  tx.sql<RightRow[]>`
    select id as right, territory::text as village, register_no as register, way from roll_row
    where cycle = ${cycle} and id > ${after} order by id limit ${limit}`

/** A ballot to be opened: what its leaf says of it was held against it. */
export interface SealedBallot {
  /** The number of its leaf. */
  seq: number
  receipt: string
  box: Uint8Array
  /** Body of its leaf. */
  body: Uint8Array
}

/** The ballots of a cycle whose leaves have these numbers. */
export const ballotsByNumber = (tx: Tx, cycle: number, seqs: readonly number[]): Promise<SealedBallot[]> =>
  tx.sql<SealedBallot[]>`
    select e.seq, b.receipt, b.box, l.body from entry e join leaf l on l.id = e.leaf join ballot b on b.leaf = l.id and b.cycle = e.log
    where e.log = ${cycle} and e.seq = any(${seqs as number[]}::bigint[]) and b.box is not null`
