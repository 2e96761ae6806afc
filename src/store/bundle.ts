// What a bundle reads: the leaves of a log as they are numbered, and the checkpoints up to the one that ends with the publication.
import type { Tx } from './db.ts'

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

/** The notes of a log's checkpoints, up to the first that a leaf of this kind stands under; empty where there is none. */
export async function checkpointsUpTo(
  tx: Tx,
  log: number,
  kind: 'closed' | 'published',
): Promise<{ size: number; note: string }[]> {
  return tx.sql<{ size: number; note: string }[]>`
    with last as (select min(h.size) as size from head h where h.log = ${log} and h.checkpoint and h.size >
      (select min(e.seq) from entry e join leaf l on l.id = e.leaf where e.log = ${log} and l.kind = ${kind} and l.kind <> 'ballot'))
    select h.size, h.note from head h, last where h.log = ${log} and h.checkpoint and h.size <= last.size order by h.size`
}
