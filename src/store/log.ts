// The append-only log: acts insert leaves, the sequencer numbers them afterwards and keeps signed heads.
import { and, desc, eq, lt } from 'drizzle-orm'
import type { EventKind } from '../core/audit/event.ts'
import type { Halt } from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { type Db, iso, type Tx } from './db.ts'
import { haltColumn } from './halts.ts'
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

/** Inserts the leaf of an act, in the act's own transaction, and returns its id. */
export async function insertLeaf(tx: Tx, log: number, marked: MarkedLeaf): Promise<number> {
  const [row] = await tx.orm
    .insert(leaf)
    .values({ log, ...marked })
    .returning({ id: leaf.id })
  if (!row) throw new Error('the leaf was not stored')
  return row.id
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

/** The leaves of a log of one kind of act, numbered or not; not for ballots. The index of acts leaves ballots out, so that is said. */
export const leavesOfKind = (
  tx: Tx,
  log: number,
  kind: Exclude<EventKind, 'ballot'>,
): Promise<Pick<NewLeaf, 'body' | 'hash' | 'mac'>[]> =>
  tx.sql<Pick<NewLeaf, 'body' | 'hash' | 'mac'>[]>`
    select body, hash, mac from leaf where log = ${log} and kind = ${kind} and kind <> 'ballot' order by id`

/** A committed leaf without a number, by its stored hash in hex. */
export async function unnumberedLeaf(
  tx: Tx,
  log: number,
  hash: string,
): Promise<Pick<NewLeaf, 'body' | 'hash' | 'mac'> | undefined> {
  const [row] = await tx.sql<Pick<NewLeaf, 'body' | 'hash' | 'mac'>[]>`
    select l.body, l.hash, l.mac from leaf l where l.log = ${log} and l.hash = decode(${hash}, 'hex')
    and not exists (select 1 from entry e where e.leaf = l.id)`
  return row
}

/** The numbers of the ballots that were set aside in a cycle. */
export async function ballotAsides(tx: Tx, cycle: number): Promise<number[]> {
  const rows = await tx.sql<{ seq: number }[]>`
    select ((convert_from(body, 'UTF8')::jsonb -> 1) ->> 'seq')::bigint as seq
    from leaf where log = ${cycle} and kind = 'ballot-set-aside'`
  return rows.map(({ seq }) => seq)
}

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
  /** Null where the cycle that the ballot is stored for does not exist. */
  cycle: { id: number; slug: string; title: Localised; trial: boolean; halt: Halt | null } | null
  hash: Uint8Array
  /** UTC ISO in milliseconds, as it was signed. */
  at: string
  signature: Uint8Array
  seq: number | undefined
}

type ReceiptRow = Omit<SignedReceipt, 'seq'> & { receipt: string; seq: number | null }

/** By receipt number: in all cycles that have it, the newest first. */
export async function leavesOfReceipts(
  tx: Tx,
  receipts: readonly string[],
): Promise<Map<string, SignedReceipt[]>> {
  const rows = await tx.sql<ReceiptRow[]>`
    select b.receipt, l.hash, b.signed_at as at, b.signature, e.seq, case when c.id is not null then
      json_build_object('id', c.id, 'slug', c.slug, 'title', c.title, 'trial', c.trial, 'halt', ${haltColumn(tx)}) end as cycle
    from ballot b join leaf l on l.id = b.leaf left join entry e on e.leaf = l.id left join cycle c on c.id = b.cycle
    where b.receipt = any(${receipts as string[]}::text[]) order by b.cycle desc`
  const by = new Map<string, SignedReceipt[]>()
  for (const { receipt, ...row } of rows)
    by.set(receipt, [...(by.get(receipt) ?? []), { ...row, at: iso(row.at), seq: row.seq ?? undefined }])
  return by
}

/** Of one receipt, in one statement with whoever else asks in the same moment. */
export const leavesOfReceipt = async (db: Db, receipt: string): Promise<SignedReceipt[]> =>
  (await db.together('receipt', receipt, (receipts) => leavesOfReceipts(db, receipts))) ?? []

/** All leaf hashes of a log in the order of their numbers, up to `size`. */
export async function leafHashes(tx: Tx, log: number, size: number): Promise<Uint8Array[]> {
  const rows = await tx.sql<{ hash: Uint8Array }[]>`
    select l.hash from entry e join leaf l on l.id = e.leaf where e.log = ${log} and e.seq < ${size} order by e.seq`
  return rows.map((row) => row.hash)
}

/** The leaves that grant or take away roles, in their order. `mark`: how the log calls an account, of which they tell; '' for all. */
export const grantLeaves = (tx: Tx, mark: string): Promise<LoggedAct[]> =>
  leavesAbout(tx, INSTALLATION_LOG, ['granted', 'revoked'], mark)

/** Leaves about who may help people to vote in a cycle. */
export const facilitatorLeaves = (tx: Tx, cycle: number, mark: string): Promise<LoggedAct[]> =>
  leavesAbout(tx, cycle, ['facilitator-named', 'facilitator-ended'], mark)

/** Lists of test cards in a cycle's log, sealed and opened, and whether anything was counted. `ballots`: how many are left out. */
export const testLeaves = (
  tx: Tx,
  cycle: number,
): Promise<{ kind: string; list: string; ballots: number }[]> =>
  tx.sql<{ kind: string; list: string; ballots: number }[]>`
    select kind, e.event ->> 'list' as list, coalesce(jsonb_array_length(e.event -> 'ballots'), 0)::int as ballots
    from leaf l cross join lateral (select convert_from(l.body, 'UTF8')::jsonb -> 1 as event) e
    where l.log = ${cycle} and l.kind in ('tests-sealed', 'tests-opened', 'counted') order by l.id`

/** The numbers on the list of a village's test rows, once they are open. */
export async function testRowsOf(tx: Tx, cycle: number, territory: number): Promise<number[]> {
  const rows = await tx.sql<{ register: number }[]>`
    select (t.value ->> 1)::int as register
    from leaf l cross join lateral jsonb_array_elements(convert_from(l.body, 'UTF8')::jsonb -> 1 -> 'tests') t
    where l.log = ${cycle} and l.kind = 'tests-opened' and t.value ->> 0 = ${String(territory)}`
  return rows.map(({ register }) => register)
}

/** The cycles in which an account was named a facilitator, by the keyed hash that the log says. */
export async function facilitatorLogs(tx: Tx, mark: string): Promise<{ log: number; slug: string }[]> {
  return tx.sql<{ log: number; slug: string }[]>`
    select distinct l.log, c.slug from leaf l join cycle c on c.id = l.log where l.kind = 'facilitator-named'
      and position(convert_to(${mark}, 'UTF8') in l.body) > 0 order by l.log`
}

type LoggedAct = Pick<NewLeaf, 'body' | 'hash' | 'mac'>

/** Of a cycle, what was said of people who were trained, oldest first. */
export const trainingLeaves = (tx: Tx, log: number): Promise<LoggedAct[]> =>
  leavesAbout(tx, log, ['people-trained'], '')

/** Acts by which votes of villages went under review and out of it, in their order. */
export const reviewLeaves = (tx: Tx, log: number): Promise<LoggedAct[]> =>
  tx.sql<LoggedAct[]>`
    select body, hash, mac from leaf where log = ${log} and kind in ('review-opened', 'review-closed') order by id`

const leavesAbout = (tx: Tx, log: number, kinds: readonly string[], mark: string): Promise<LoggedAct[]> =>
  tx.sql<LoggedAct[]>`
    select body, hash, mac from leaf where log = ${log} and kind in ${tx.sql([...kinds])}
      and position(convert_to(${mark}, 'UTF8') in body) > 0 order by id`

/** The logs that have a signed head. */
export async function signedLogs(tx: Tx): Promise<number[]> {
  const rows = await tx.orm.selectDistinct({ log: head.log }).from(head)
  return rows.map(({ log }) => log)
}
