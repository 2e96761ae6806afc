// The first admins are named in the configuration: without them nobody could grant a role in chat.
import type { App } from './app.ts'
import { grantRole } from './grant-role.ts'

/** Grants `admin` to each account that does not hold it yet; returns how many are new. Safe at every start, in every replica. */
export async function nameFirstAdmins(app: App, accounts: readonly number[]): Promise<number> {
  let named = 0
  for (const account of accounts) {
    const granted = await grantRole(app, { account, role: 'admin' }, 'command')
    if (granted.ok && granted.value) named += 1
  }
  return named
}
