// When a vote stood still: one row a time, the last of them open while it holds.
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Halt } from '../core/cycle.ts'
import { iso, type Tx } from './db.ts'
import { halt } from './schema-staff.ts'

export type StoredHalt = Halt & { until: string | null }

/** The one that holds, as JSON, of a cycle that the sentence calls `c`. */
export const haltColumn = (tx: Tx) => tx.sql`(
  select json_build_object('kind', h.kind, 'at', h.at, 'reason', h.reason) from halt h where h.cycle = c.id and h.until is null)`

/** All of a cycle, in their order; UTC ISO. */
export async function haltsOf(tx: Tx, cycle: number): Promise<StoredHalt[]> {
  const rows = await tx.orm.select().from(halt).where(eq(halt.cycle, cycle)).orderBy(asc(halt.n))
  return rows.map(({ kind, at, reason, until }) => ({
    kind,
    at: iso(at),
    reason,
    until: until === null ? null : iso(until),
  }))
}

/** Clashes on `halt_open` while one holds. */
export async function insertHalt(tx: Tx, cycle: number, { kind, at, reason }: Halt): Promise<void> {
  const n = sql<number>`(select coalesce(max(h.n), 0) + 1 from halt h where h.cycle = ${cycle})`
  await tx.orm.insert(halt).values({ cycle, n, kind, at, reason })
}

/** Ends the one that holds. `until`: UTC ISO. */
export async function endHalt(tx: Tx, cycle: number, until: string): Promise<void> {
  await tx.orm
    .update(halt)
    .set({ until })
    .where(and(eq(halt.cycle, cycle), isNull(halt.until)))
}
