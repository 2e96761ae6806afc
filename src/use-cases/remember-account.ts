// Remembers the language and the village chosen on an account.
import type { Locale } from '../core/localised.ts'
import { markReachable, upsertAccount } from '../store/accounts.ts'
import type { App } from './app.ts'

/** Keeps what was chosen; creates the account where it is new. `source`: the deep link that brought them. */
export async function rememberAccount(
  app: App,
  account: number,
  chosen: { locale?: Locale; home?: { cycle: number; territory: number }; source?: string },
): Promise<void> {
  await upsertAccount(app.db, account, chosen)
}

/** Telegram told us that the person blocked or unblocked the bot. */
export const noteReachable = (app: App, account: number, reachable: boolean): Promise<void> =>
  markReachable(app.db, account, reachable)
