// Why votes of villages went under review and out of it: words for auditors, kept until the days for disputes are over.
import { and, asc, eq } from 'drizzle-orm'
import { iso, type Tx } from './db.ts'
import { reviewReason } from './schema-pressure.ts'

export interface ReviewReason {
  territory: number
  /** How often the vote went under review and out of it before: even where it was to go under review. */
  turn: number
  text: string
  /** When it was written, UTC ISO. */
  at: string
  /** A second person confirmed it. */
  done: boolean
}

/** One reason of a village: of which turn, by the hash of its text. */
export interface ReasonKey {
  cycle: number
  territory: number
  turn: number
  /** Of the text, hex. */
  reason: string
}

/** The same words of the same turn are kept once. */
export async function keepReason(tx: Tx, key: ReasonKey, text: string): Promise<void> {
  const { reason: hash, ...where } = key
  await tx.orm
    .insert(reviewReason)
    .values({ ...where, hash, text })
    .onConflictDoNothing()
}

/** Clashes on `review_reason_done` where another one of that turn was confirmed. */
export async function reasonDone(tx: Tx, { cycle, territory, turn, reason }: ReasonKey): Promise<void> {
  await tx.orm
    .update(reviewReason)
    .set({ done: true })
    .where(
      and(
        eq(reviewReason.cycle, cycle),
        eq(reviewReason.territory, territory),
        eq(reviewReason.turn, turn),
        eq(reviewReason.hash, reason),
      ),
    )
}

/** In their order. */
export async function reasonsOf(tx: Tx, cycle: number): Promise<ReviewReason[]> {
  const rows = await tx.orm
    .select()
    .from(reviewReason)
    .where(eq(reviewReason.cycle, cycle))
    .orderBy(asc(reviewReason.turn), asc(reviewReason.at))
  return rows.map(({ territory, turn, text, at, done }) => ({ territory, turn, text, at: iso(at), done }))
}

/** They go with the days for disputes. */
export async function forgetOldReasons(tx: Tx): Promise<void> {
  await tx.sql`
    delete from review_reason where cycle in (
      select cycle from (select distinct cycle from review_reason) r where disputes_over(r.cycle))`
}

export async function forgetReasonsOf(tx: Tx, cycle: number): Promise<void> {
  await tx.orm.delete(reviewReason).where(eq(reviewReason.cycle, cycle))
}
