// Wishes to be told when something starts in a village.
import { and, eq, notInArray } from 'drizzle-orm'
import type { Localised } from '../core/localised.ts'
import type { Watched } from '../core/watch.ts'
import type { Tx } from './db.ts'
import { watch } from './schema-cycle.ts'
import { within } from './territories.ts'

/** The wishes of an account for a village are these, and no others. Safe to repeat. */
export async function putWatches(
  tx: Tx,
  account: number,
  territory: number,
  kinds: readonly Watched[],
): Promise<void> {
  await tx.orm
    .delete(watch)
    .where(
      and(eq(watch.account, account), eq(watch.territory, territory), notInArray(watch.kind, [...kinds])),
    )
  await tx.orm
    .insert(watch)
    .values(kinds.map((kind) => ({ account, territory, kind })))
    .onConflictDoNothing()
}

export interface WatchedPlace {
  territory: number
  name: Localised
  /** Okrug and district, nearest first. */
  within: Localised[]
  kinds: Watched[]
}

/** What an account asked to be told of, village by village. */
export const watchesOf = (tx: Tx, account: number): Promise<WatchedPlace[]> =>
  tx.sql<WatchedPlace[]>`
    select t.id as territory, t.name, ${within(tx)} as within, json_agg(w.kind order by w.kind) as kinds
    from watch w join territory t on t.id = w.territory where w.account = ${account} group by t.id order by t.id`
