// Who is writing: language, village and roles of an account.
import { accountOf, type Who } from '../store/accounts.ts'
import type { App } from './app.ts'

export type { Who }

/** A person never seen before is `known: false`. */
export const whoIs = (app: App, account: number): Promise<Who> => accountOf(app.db, account)
