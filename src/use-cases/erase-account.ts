// Erases what is kept about a person: the account's link is cut, the ballot stays counted and its row stays used.
import { appendLeaf, INSTALLATION_LOG } from '../store/log.ts'
import { deleteAccount } from '../store/accounts.ts'
import type { App } from './app.ts'

/** Safe to repeat. */
export async function eraseAccount(app: App, account: number): Promise<void> {
  await app.db.begin(async (tx) => {
    await deleteAccount(tx, account)
    await appendLeaf(tx, INSTALLATION_LOG, { kind: 'account-erased', at: app.now().toISOString() })
  })
}
