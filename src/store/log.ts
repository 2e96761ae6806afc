// The append-only log: acts insert leaves, the sequencer numbers them afterwards and keeps signed heads.
import { and, desc, eq, lt } from 'drizzle-orm'
import type { EventKind } from '../core/audit/event.ts'
import { iso, type Tx } from './db.ts'
import { head, leaf } from './schema-vote.ts'

/** The installation's own log: acts that belong to no cycle. */
export const INSTALLATION_LOG = 0

/** What of an act is kept: its body, the hash of it, and the MAC without which it counts for nothing. */
export interface MarkedLeaf {
  kind: EventKind
  body: Uint8Array
  hash: Uint8Array
  mac: Uint8Array
}

/** Inserts the leaf of an act, in the act's own transaction. */
export async function insertLeaf(tx: Tx, log: number, marked: MarkedLeaf): Promise<void> {
  await tx.orm.insert(leaf).values({ log, ...marked })
}

/** A committed leaf that has no number yet. */
export interface NewLeaf {
  id: number
  log: number
  kind: string
  body: Uint8Array
  hash: Uint8Array
  mac: Uint8Array
}

/**
 * Committed leaves without a number, in the order of their ids. `above`: ids at or below are known to be numbered; `without`: logs
 * that are stopped, and leaves that were set aside.
 */
export async function unnumberedLeaves(
  tx: Tx,
  above: number,
  limit: number,
  without: { logs: readonly number[]; leaves: readonly number[] },
): Promise<NewLeaf[]> {
  return tx.sql<NewLeaf[]>`
    select l.id, l.log, l.kind, l.body, l.hash, l.mac from leaf l
    where l.id > ${above} and l.log <> all(${without.logs as number[]}::int[]) and l.id <> all(${without.leaves as number[]}::bigint[])
    and not exists (select 1 from entry e where e.leaf = l.id) order by l.id limit ${limit}`
}

/** The leaves of a log by which others were set aside, numbered or not. */
export const settingAside = (tx: Tx, log: number): Promise<Pick<NewLeaf, 'body' | 'hash' | 'mac'>[]> =>
  tx.orm
    .select({ body: leaf.body, hash: leaf.hash, mac: leaf.mac })
    .from(leaf)
    .where(and(eq(leaf.log, log), eq(leaf.kind, 'leaf-set-aside')))

/** Transactions by number: every one below `oldest` has ended, `next` has not begun. `last`: the highest leaf id in sight. */
export interface Horizon {
  oldest: number
  next: number
  last: number
}

/** What the log looks like now: with it a sequencer knows below which id no leaf can still appear. */
export async function leafHorizon(tx: Tx): Promise<Horizon> {
  const [row] = await tx.sql<Horizon[]>`
    select pg_snapshot_xmin(s)::text::bigint as oldest, pg_snapshot_xmax(s)::text::bigint as next,
      (select coalesce(max(id), 0) from leaf) as last from pg_current_snapshot() s`
  if (!row) throw new Error('the database did not tell its horizon')
  return row
}

export interface Head {
  log: number
  size: number
  root: Uint8Array
  /** Hashes of the tree's right edge, hex. */
  edge: string[]
  note: string
  at: string
}

/** The last signed head of a log, or undefined before the first. */
export async function lastHead(tx: Tx, log: number): Promise<Head | undefined> {
  const [row] = await tx.orm.select().from(head).where(eq(head.log, log)).orderBy(desc(head.size)).limit(1)
  return row && { ...row, at: iso(row.at) }
}

/** Numbers leaves and stores the head that ends with them, in one transaction; the head before stays only if it is a checkpoint. */
export async function insertEntries(
  tx: Tx,
  log: number,
  first: number,
  leaves: readonly number[],
  next: Omit<Head, 'at' | 'log'>,
  checkpoint: boolean,
): Promise<void> {
  await tx.sql`
    insert into entry (log, seq, leaf)
    select ${log}, ${first}::bigint + x.n - 1, x.leaf from unnest(${leaves as number[]}::bigint[]) with ordinality x(leaf, n)`
  await tx.orm.insert(head).values({ log, ...next, checkpoint })
  await tx.orm
    .delete(head)
    .where(and(eq(head.log, log), lt(head.size, next.size), eq(head.checkpoint, false)))
}

/** Whether a log has kept no checkpoint for an hour, on the database's clock. */
export async function checkpointDue(tx: Tx, log: number): Promise<boolean> {
  const [row] = await tx.sql<{ due: boolean }[]>`
    select not exists (select 1 from head where log = ${log} and checkpoint and at > clock_timestamp() - interval '1 hour') as due`
  return row?.due ?? true
}

/** Keeps the standing head of every log that has kept no checkpoint for an hour. */
export async function keepHourlyCheckpoints(tx: Tx): Promise<void> {
  await tx.sql`
    update head h set checkpoint = true where not h.checkpoint and not exists (
      select 1 from head k where k.log = h.log and k.checkpoint and k.at > clock_timestamp() - interval '1 hour')`
}

/** The signed head of exactly this size, if it was kept. */
export async function headOfSize(tx: Tx, log: number, size: number): Promise<Head | undefined> {
  const [row] = await tx.orm
    .select()
    .from(head)
    .where(and(eq(head.log, log), eq(head.size, size)))
  return row && { ...row, at: iso(row.at) }
}

/** A ballot's leaf with its receipt as it was signed for the cast. `seq` is undefined until the sequencer has numbered it. */
export interface SignedReceipt {
  cycle: number
  hash: Uint8Array
  /** UTC ISO in milliseconds, as it was signed. */
  at: string
  signature: Uint8Array
  seq: number | undefined
}

/** By receipt number, in one cycle or in all, the newest first. */
export async function leafOfReceipt(tx: Tx, receipt: string): Promise<SignedReceipt[]> {
  const rows = await tx.sql<(Omit<SignedReceipt, 'seq'> & { seq: number | null })[]>`
    select b.cycle, l.hash, b.signed_at as at, b.signature, e.seq
    from ballot b join leaf l on l.id = b.leaf left join entry e on e.leaf = l.id
    where b.receipt = ${receipt} order by b.cycle desc`
  return rows.map((row) => ({ ...row, at: iso(row.at), seq: row.seq ?? undefined }))
}

/** All leaf hashes of a log in the order of their numbers, up to `size`. */
export async function leafHashes(tx: Tx, log: number, size: number): Promise<Uint8Array[]> {
  const rows = await tx.sql<{ hash: Uint8Array }[]>`
    select l.hash from entry e join leaf l on l.id = e.leaf where e.log = ${log} and e.seq < ${size} order by e.seq`
  return rows.map((row) => row.hash)
}

/**
 * Ballot leaves before `close` in a cycle's log that no stored ballot names, stored ballots whose leaf is not among them, leaves
 * of ballots whose version is not their place among those of their right, and rights whose vote is stored as being on paper.
 */
export async function unmatchedBallots(
  tx: Tx,
  cycle: number,
  close: number,
): Promise<{
  missing: number[]
  unlogged: { right: number; version: number }[]
  disordered: number[]
  paper: number[]
}> {
  const missing = await tx.sql<{ seq: number }[]>`
    select e.seq from entry e join leaf l on l.id = e.leaf where e.log = ${cycle} and e.seq < ${close} and l.kind = 'ballot'
      and not exists (select 1 from ballot b where b.leaf = l.id and b.cycle = ${cycle}) order by e.seq`
  const unlogged = await tx.sql<{ right: number; version: number }[]>`
    select b.roll_row as right, b.s as version from ballot b
    left join entry e on e.leaf = b.leaf and e.log = b.cycle and e.seq < ${close}
    where b.cycle = ${cycle} and e.seq is null order by b.roll_row, b.s`
  const disordered = await tx.sql<{ seq: number }[]>`
    select x.seq from (select e.seq, b.s, row_number() over (partition by b.roll_row order by e.seq) as place
      from ballot b join entry e on e.leaf = b.leaf and e.log = b.cycle where b.cycle = ${cycle}) x where x.s <> x.place order by x.seq`
  const paper = await tx.sql<{ id: number }[]>`
    select id from roll_row where cycle = ${cycle} and way = 'paper' order by id`
  return {
    missing: missing.map(({ seq }) => seq),
    unlogged: [...unlogged],
    disordered: disordered.map(({ seq }) => seq),
    paper: paper.map(({ id }) => id),
  }
}

/** Where CLOSE stands in a cycle's log: its number, once numbered. */
export async function closeLeaf(tx: Tx, cycle: number): Promise<{ seq: number | undefined } | undefined> {
  const [row] = await tx.sql<{ seq: number | null }[]>`
    select e.seq from leaf l left join entry e on e.leaf = l.id where l.log = ${cycle} and l.kind = 'closed' limit 1`
  return row && { seq: row.seq ?? undefined }
}

type OpeningLeaf = { seq: number; body: Uint8Array; hash: Uint8Array }

/** What the opening of voting said, as numbered in a cycle's log. */
export const openingLeaves = (tx: Tx, cycle: number): Promise<OpeningLeaf[]> =>
  tx.sql<OpeningLeaf[]>`
    select e.seq, l.body, l.hash from leaf l join entry e on e.leaf = l.id and e.log = l.log
    where l.log = ${cycle} and l.kind = 'opened' order by e.seq`

/** The logs that have a signed head. */
export async function signedLogs(tx: Tx): Promise<number[]> {
  const rows = await tx.orm.selectDistinct({ log: head.log }).from(head)
  return rows.map(({ log }) => log)
}
