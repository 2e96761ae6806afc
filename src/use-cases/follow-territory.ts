// Notes that a person wants to be told when something starts in their village.
import type { Locale } from '../core/localised.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Watched } from '../core/watch.ts'
import { upsertAccount } from '../store/accounts.ts'
import { type ChosenPlace, settlementById } from '../store/territories.ts'
import { putWatches, type WatchedPlace, watchesOf } from '../store/watches.ts'
import type { App } from './app.ts'

export type { WatchedPlace }

/** Replaces what this account had asked for there; safe to repeat. `locale`: the language it is to be told in. */
export async function followTerritory(
  app: App,
  account: number,
  wish: { territory: number; kinds: readonly Watched[]; locale: Locale },
): Promise<Result<ChosenPlace, { kind: 'no-place' }>> {
  const place = await settlementById(app.db, wish.territory)
  if (!place || wish.kinds.length === 0) return fail({ kind: 'no-place' })
  await app.db.begin(async (tx) => {
    await upsertAccount(tx, account, { locale: wish.locale })
    await putWatches(tx, account, wish.territory, wish.kinds)
  })
  return ok(place)
}

/** What this account asked to be told of. */
export const listFollowed = (app: App, account: number): Promise<WatchedPlace[]> => watchesOf(app.db, account)
