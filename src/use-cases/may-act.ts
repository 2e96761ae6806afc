// May this person do this act there? Every staff use case asks here, in the transaction that writes the act.
import { type Act, mayDo } from '../core/role.ts'
import type { Tx } from '../store/db.ts'
import { clock } from '../store/clock.ts'
import { codesOf, linesOf } from '../store/territories.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'
import { allLoggedGrants, loggedGrants } from './logged-grants.ts'

/** Nobody with a role for it, or not in all of these places, or not any more. */
export type NotAllowed = { kind: 'not-allowed' }

/**
 * `territories`: all that the act touches; none stands for the whole installation. Roles run out on the database's clock. The
 * clock and a command act for whoever runs the server.
 */
export async function mayAct(
  app: App,
  tx: Tx,
  by: Actor,
  act: Act,
  territories: readonly number[],
): Promise<boolean> {
  if (typeof by !== 'number') return true
  const grants = await loggedGrants(app, tx, by)
  return grants.length > 0 && mayDo(grants, act, await linesOf(tx, territories), await clock(tx))
}

/** The same for an act that concerns every territory of a cycle. */
export async function mayActInCycle(app: App, tx: Tx, by: Actor, act: Act, cycle: number): Promise<boolean> {
  if (typeof by !== 'number') return true
  const places = await codesOf(tx, cycle)
  return mayAct(
    app,
    tx,
    by,
    act,
    places.map(({ territory }) => territory),
  )
}

/** Whoever else may do it in all of these places now, by number. */
export async function whoElseMay(
  app: App,
  tx: Tx,
  act: Act,
  places: readonly number[],
  except: number,
): Promise<number[]> {
  const [grants, lines, now] = [await allLoggedGrants(app, tx), await linesOf(tx, places), await clock(tx)]
  const accounts = [...new Set(grants.map(({ account }) => account))]
  return accounts.filter((account) => {
    if (account === except) return false
    const own = grants.filter((grant) => grant.account === account)
    return mayDo(own, act, lines, now)
  })
}
