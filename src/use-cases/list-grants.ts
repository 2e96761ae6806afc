// Who holds which role just now, for whoever runs the server.
import type { App } from './app.ts'
import type { AccountGrant } from './grant-role.ts'
import { allLoggedGrants } from './logged-grants.ts'

/** Those in force that a leaf gave, by account: what a start names gives none. */
export const listGrants = (app: App): Promise<AccountGrant[]> => allLoggedGrants(app, app.db)
