// Counts of pots: preliminary until an official publishes them.
import { and, eq } from 'drizzle-orm'
import type { Count } from '../core/counting/count.ts'
import type { Pot } from '../core/pot.ts'
import type { Tx } from './db.ts'
import { result } from './schema-vote.ts'

export interface StoredResult {
  territory: number
  pot: Pot
  count: Count
  ballots: number
  hash: string
  state: 'preliminary' | 'published'
}

/** Stores a count; a recount replaces a preliminary one, never a published one. */
export async function saveResult(
  tx: Tx,
  cycle: number,
  row: Omit<StoredResult, 'state'> & { list: string | null },
): Promise<boolean> {
  const rows = await tx.orm
    .insert(result)
    .values({ cycle, ...row })
    .onConflictDoUpdate({
      target: [result.cycle, result.territory, result.pot],
      set: { count: row.count, ballots: row.ballots, hash: row.hash, list: row.list },
      setWhere: eq(result.state, 'preliminary'),
    })
    .returning({ territory: result.territory })
  return rows.length > 0
}

const columns = {
  territory: result.territory,
  pot: result.pot,
  count: result.count,
  ballots: result.ballots,
  hash: result.hash,
  state: result.state,
}

/** The counts of a cycle, by territory and pot. */
export const resultsOf = (tx: Tx, cycle: number): Promise<StoredResult[]> =>
  tx.orm.select(columns).from(result).where(eq(result.cycle, cycle)).orderBy(result.territory, result.pot)

/** The published ballots of each pot that shows them, by territory and pot. */
export async function listsOf(
  tx: Tx,
  cycle: number,
): Promise<{ territory: number; pot: Pot; list: string }[]> {
  const rows = await tx.orm
    .select({ territory: result.territory, pot: result.pot, list: result.list })
    .from(result)
    .where(eq(result.cycle, cycle))
    .orderBy(result.territory, result.pot)
  return rows.flatMap(({ list, ...row }) => (list === null ? [] : [{ ...row, list }]))
}

/** The hashes of all counts of a cycle, by territory and pot. */
export const resultHashesOf = (
  tx: Tx,
  cycle: number,
): Promise<Pick<StoredResult, 'territory' | 'pot' | 'hash'>[]> =>
  tx.orm
    .select({ territory: result.territory, pot: result.pot, hash: result.hash })
    .from(result)
    .where(eq(result.cycle, cycle))
    .orderBy(result.territory, result.pot)

/** The count of a pot of a territory. */
export async function resultOf(
  tx: Tx,
  cycle: number,
  territory: number,
  pot: Pot,
): Promise<StoredResult | undefined> {
  const [row] = await tx.orm
    .select(columns)
    .from(result)
    .where(and(eq(result.cycle, cycle), eq(result.territory, territory), eq(result.pot, pot)))
  return row
}

/** Publishes all preliminary counts of a cycle. */
export async function setPublished(tx: Tx, cycle: number): Promise<void> {
  await tx.orm
    .update(result)
    .set({ state: 'published' })
    .where(and(eq(result.cycle, cycle), eq(result.state, 'preliminary')))
}
