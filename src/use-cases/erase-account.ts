// Erases what is kept about a person: a right that has not voted is free again, a ballot that was cast stays counted as nobody's.
import { INSTALLATION_LOG } from '../store/log.ts'
import { forgetAccount, giveUpRights } from '../store/erasure.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'

/** Safe to repeat. */
export async function eraseAccount(app: App, account: number): Promise<void> {
  await app.db.begin(async (tx) => {
    await giveUpRights(tx, account)
    await forgetAccount(tx, account)
    await appendLeaf(app, tx, INSTALLATION_LOG, { kind: 'account-erased', at: app.now().toISOString() })
  })
}
