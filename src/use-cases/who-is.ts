// Who is writing: language, village and roles of an account.
import { accountOf, type Who } from '../store/accounts.ts'
import type { App } from './app.ts'
import { grantRow, ledgerOf } from './logged-grants.ts'

export type { Who }

/** A person never seen before is `known: false`. A role that no leaf gave is none; who holds none costs nothing more. */
export async function whoIs(app: App, account: number): Promise<Who> {
  const who = await accountOf(app.db, account)
  if (who.roles.length === 0) return who
  const ledger = await ledgerOf(app, app.db, account)
  return { ...who, roles: who.roles.filter((grant) => ledger.has(grantRow(app, { ...grant, account }))) }
}
