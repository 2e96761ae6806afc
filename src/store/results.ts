// Counts of territories: preliminary until an official publishes them.
import { and, eq } from 'drizzle-orm'
import type { Count } from '../core/counting/count.ts'
import type { Tx } from './db.ts'
import { result } from './schema-vote.ts'

export interface StoredResult {
  territory: number
  count: Count
  ballots: number
  hash: string
  state: 'preliminary' | 'published'
}

/** Stores a count; a recount replaces a preliminary one, never a published one. */
export async function saveResult(tx: Tx, cycle: number, row: Omit<StoredResult, 'state'>): Promise<boolean> {
  const rows = await tx.orm
    .insert(result)
    .values({ cycle, ...row })
    .onConflictDoUpdate({
      target: [result.cycle, result.territory],
      set: { count: row.count, ballots: row.ballots, hash: row.hash },
      setWhere: eq(result.state, 'preliminary'),
    })
    .returning({ territory: result.territory })
  return rows.length > 0
}

/** The counts of a cycle. */
export async function resultsOf(tx: Tx, cycle: number): Promise<StoredResult[]> {
  const rows = await tx.orm.select().from(result).where(eq(result.cycle, cycle)).orderBy(result.territory)
  return rows.map((row) => ({ ...row, count: row.count as Count, state: row.state as StoredResult['state'] }))
}

/** A published count, or undefined: before that nothing leaks. */
export async function publishedResult(
  tx: Tx,
  cycle: number,
  territory: number,
): Promise<StoredResult | undefined> {
  const [row] = await tx.orm
    .select()
    .from(result)
    .where(and(eq(result.cycle, cycle), eq(result.territory, territory), eq(result.state, 'published')))
  return row && { ...row, count: row.count as Count, state: 'published' }
}

/** Publishes all preliminary counts of a cycle; returns how many. */
export async function setPublished(tx: Tx, cycle: number): Promise<number> {
  const rows = await tx.orm
    .update(result)
    .set({ state: 'published' })
    .where(and(eq(result.cycle, cycle), eq(result.state, 'preliminary')))
    .returning({ territory: result.territory })
  return rows.length
}
