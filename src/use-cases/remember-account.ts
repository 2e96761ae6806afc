// Remembers what was chosen on an account: the language, the village, easy mode.
import { type Chosen, markReachable, upsertAccount } from '../store/accounts.ts'
import type { App } from './app.ts'

/** Keeps what was chosen; creates the account where it is new. */
export async function rememberAccount(app: App, account: number, chosen: Chosen): Promise<void> {
  await upsertAccount(app.db, account, chosen)
}

/** Telegram told us that the person blocked or unblocked the bot. */
export const noteReachable = (app: App, account: number, reachable: boolean): Promise<void> =>
  markReachable(app.db, account, reachable)
