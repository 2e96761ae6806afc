// The roles of an account that the installation's log gave it: a row that was written past the program gives none.
import type { Event } from '../core/audit/event.ts'
import { ownAct } from '../core/audit/own-act.ts'
import { type GrantLedger, grantLedger, type GrantRow } from '../core/audit/trusted/grants.ts'
import type { Grant } from '../core/role.ts'
import type { Tx } from '../store/db.ts'
import { grantLeaves } from '../store/log.ts'
import { allGrants, grantsOf } from '../store/roles.ts'
import { accountMark } from './actor.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'

export type GrantAct = Extract<Event, { kind: 'granted' | 'revoked' }>

/**
 * Those that ran out too: ask `holds`. The rows are read first and held, so a role that is taken away in this moment has its leaf
 * before the leaves are read. Only the account's own leaves are read: a few.
 */
export async function loggedGrants(app: App, tx: Tx, account: number): Promise<Grant[]> {
  const stored = await grantsOf(tx, account)
  if (stored.length === 0) return []
  const ledger = await ledgerOf(app, tx, account)
  return stored.filter((grant) => ledger.has(grantRow(app, { ...grant, account })))
}

/** Every role in force that the log gave, by account. */
export async function allLoggedGrants(app: App, tx: Tx): Promise<(Grant & { account: number })[]> {
  const stored = await allGrants(tx)
  if (stored.length === 0) return []
  const ledger = await readLedger(app, tx, '')
  return stored.filter((grant) => ledger.has(grantRow(app, grant)))
}

/** What the log says of the roles of one account. */
export const ledgerOf = (app: App, tx: Tx, account: number): Promise<GrantLedger> =>
  readLedger(app, tx, accountMark(app, account))

/** `mark`: of one account, or '' for all. */
async function readLedger(app: App, tx: Tx, mark: string): Promise<GrantLedger> {
  const ledger = grantLedger()
  for (const event of await grantActs(app, tx, mark)) ledger.hear(event)
  return ledger
}

/** Every role that the program's own leaves gave and took, in their order. `mark`: of one account, or '' for all. */
export async function grantActs(app: App, tx: Tx, mark: string): Promise<GrantAct[]> {
  const origin = originOf(app, 'installation')
  const acts: GrantAct[] = []
  for (const leaf of await grantLeaves(tx, mark)) {
    const act = ownAct(app.secrets.leafKey, origin, leaf)
    if (act?.kind !== 'granted' && act?.kind !== 'revoked') continue
    // Who granted stands in the leaf as well: their own roles are none of this account's.
    if (mark === '' || act.account === mark) acts.push(act)
  }
  return acts
}

/** A grant as the log says it. */
export const grantRow = (
  app: App,
  { account, role, territory, until }: Grant & { account: number },
): GrantRow => ({
  account: accountMark(app, account),
  role,
  territory: territory === undefined ? undefined : String(territory),
  until,
})
