// Who holds which role just now, for whoever runs the server.
import { allGrants } from '../store/roles.ts'
import type { App } from './app.ts'
import type { AccountGrant } from './grant-role.ts'

/** Those in force, by account. */
export const listGrants = (app: App): Promise<AccountGrant[]> => allGrants(app.db)
