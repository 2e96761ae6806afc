// Whether Telegram answers, for all replicas together, and when it was away while people voted.
import { asc, eq } from 'drizzle-orm'
import { iso, type Tx } from './db.ts'
import { telegramAway, telegramWatch } from './schema-telegram.ts'

export interface StoredAway {
  from: string
  until: string
  closesAt: string | null
}

/** Where the close was moved to, of a cycle that the sentence calls `c`. */
export const awayColumn = (tx: Tx) =>
  tx.sql`(select a.closes_at from telegram_away a where a.cycle = c.id and a.closes_at is not null)`

/** All of a cycle, in their order; UTC ISO. */
export async function awaysOf(tx: Tx, cycle: number): Promise<StoredAway[]> {
  const rows = await tx.orm
    .select({ from: telegramAway.fromAt, until: telegramAway.untilAt, closesAt: telegramAway.closesAt })
    .from(telegramAway)
    .where(eq(telegramAway.cycle, cycle))
    .orderBy(asc(telegramAway.fromAt))
  return rows.map(({ from, until, closesAt }) => ({
    from: iso(from),
    until: iso(until),
    closesAt: closesAt === null ? null : iso(closesAt),
  }))
}

/** Clashes on `telegram_away_moves` where the close was moved before. */
export async function insertAway(
  tx: Tx,
  cycle: number,
  { from, until, closesAt }: StoredAway,
): Promise<void> {
  await tx.orm.insert(telegramAway).values({ cycle, fromAt: from, untilAt: until, closesAt })
}

/** Since when no replica had an answer, and when one last asked in vain; UTC ISO. */
export interface Failing {
  since: string
  last: string
}

/** Held until the transaction ends: replicas note what they found one after another. */
export async function failingForUpdate(tx: Tx): Promise<Failing | undefined> {
  const [row] = await tx.sql<{ since: string | null; last: string | null }[]>`
    select failing_since as since, failed_at as last from telegram_watch for update`
  return row?.since && row.last ? { since: iso(row.since), last: iso(row.last) } : undefined
}

export async function noteFailing(tx: Tx, failing: Failing | undefined): Promise<void> {
  await tx.orm
    .update(telegramWatch)
    .set({ failingSince: failing?.since ?? null, failedAt: failing?.last ?? null })
}
