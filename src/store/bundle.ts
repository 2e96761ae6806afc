// What a bundle reads: the leaves of a log as they are numbered, and the checkpoints up to the one that ends with the publication.
import { and, eq } from 'drizzle-orm'
import type { EventKind } from '../core/audit/event.ts'
import { iso, type Tx } from './db.ts'
import { head } from './schema-vote.ts'

/** The leaves of a log after a number and below another, in their order. */
export const bodiesAfter = (
  tx: Tx,
  log: number,
  after: number,
  below: number,
  limit: number,
): Promise<{ seq: number; kind: string; body: Uint8Array; hash: Uint8Array }[]> =>
  tx.sql<{ seq: number; kind: string; body: Uint8Array; hash: Uint8Array }[]>`
    select e.seq, l.kind, l.body, l.hash from entry e join leaf l on l.id = e.leaf
    where e.log = ${log} and e.seq > ${after} and e.seq < ${below} order by e.seq limit ${limit}`

/** The bodies of acts of these kinds among the first leaves of a log, in their order; not for ballots. */
export async function actsBelow(
  tx: Tx,
  log: number,
  below: number,
  kinds: readonly Exclude<EventKind, 'ballot'>[],
): Promise<{ seq: number; body: Uint8Array }[]> {
  return tx.sql<{ seq: number; body: Uint8Array }[]>`
    select e.seq, l.body from entry e join leaf l on l.id = e.leaf
    where e.log = ${log} and e.seq < ${below} and l.kind = any(${kinds as string[]}) and l.kind <> 'ballot' order by e.seq`
}

/** All checkpoints that were kept, by size. `at`: UTC ISO. */
export async function checkpointsOf(
  tx: Tx,
  log: number,
): Promise<{ size: number; root: Uint8Array; note: string; at: string }[]> {
  const rows = await tx.orm
    .select()
    .from(head)
    .where(and(eq(head.log, log), eq(head.checkpoint, true)))
    .orderBy(head.size)
  return rows.map(({ size, root, note, at }) => ({ size, root, note, at: iso(at) }))
}

/** Keeps the head of this size for good, if it is still there. */
export async function keepHead(tx: Tx, log: number, size: number): Promise<void> {
  await tx.orm
    .update(head)
    .set({ checkpoint: true })
    .where(and(eq(head.log, log), eq(head.size, size), eq(head.checkpoint, false)))
}

/** The notes of a log's checkpoints, up to the first that a leaf of this kind stands under; empty where there is none. */
export async function checkpointsUpTo(
  tx: Tx,
  log: number,
  kind: 'closed' | 'published',
): Promise<{ size: number; root: Uint8Array; note: string }[]> {
  return tx.sql<{ size: number; root: Uint8Array; note: string }[]>`
    with last as (select min(h.size) as size from head h where h.log = ${log} and h.checkpoint and h.size >
      (select min(e.seq) from entry e join leaf l on l.id = e.leaf where e.log = ${log} and l.kind = ${kind} and l.kind <> 'ballot'))
    select h.size, h.root, h.note from head h, last where h.log = ${log} and h.checkpoint and h.size <= last.size order by h.size`
}
