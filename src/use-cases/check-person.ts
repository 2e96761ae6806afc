// The desk saw the document of somebody on the roll: a one-time code lets them claim their row in a chat of their own.
import { rowBond } from '../core/audit/mac.ts'
import { toHex } from '../core/bytes.ts'
import { hasClosed } from '../core/cycle.ts'
import { deskCode } from '../core/desk-code.ts'
import type { Localised } from '../core/localised.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { mayDo } from '../core/role.ts'
import { clock } from '../store/clock.ts'
import { cycleById, cyclesUnderway, shareCasts } from '../store/cycles.ts'
import { setDeskCode } from '../store/desk-codes.ts'
import { rowForUpdate } from '../store/paper.ts'
import { knownTerritories, linesOf } from '../store/territories.ts'
import { deskCodeMac } from '../verification/in-person.ts'
import { methodOf } from '../verification/index.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { loggedGrants } from './logged-grants.ts'
import { originOf } from './log-origin.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type CheckPersonProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  /** In a real vote somebody saw the document, who is named. */
  | { kind: 'name-official' }
  /** People are verified in another way here. */
  | { kind: 'another-way' }
  /** No such number on the list of this village. */
  | { kind: 'no-such-row' }
  /** Nobody votes any more. */
  | { kind: 'closed' }
  /** It stands still: suspended, or void. */
  | { kind: 'halted' }

/**
 * `registerNo`: the number on the akimat's list. Returns the 8 digits, good for ten minutes and for one account; they are kept nowhere in
 * the clear, and an earlier code of the row is none any more. Nothing tells whether somebody votes for the row already.
 */
export const checkPerson = (
  app: App,
  where: { cycle: number; territory: number },
  registerNo: number,
  by: Actor,
): Promise<Result<string, CheckPersonProblem>> =>
  transact<string, CheckPersonProblem>(app, async (tx) => {
    const known = await cycleById(tx, where.cycle)
    if (!known) return fail({ kind: 'no-such-cycle' })
    if (!known.trial && typeof by !== 'number') return fail({ kind: 'name-official' })
    if (!(await mayAct(app, tx, by, 'check-person', [where.territory]))) return fail({ kind: 'not-allowed' })
    if (!methodOf(known.method).facts.atDesk) return fail({ kind: 'another-way' })
    const row = await rowForUpdate(tx, where, registerNo)
    await shareCasts(tx, where.cycle)
    const cycle = await cycleById(tx, where.cycle)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (cycle.halt) return fail({ kind: 'halted' })
    if (hasClosed(cycle)) return fail({ kind: 'closed' })
    if (!row) return fail({ kind: 'no-such-row' })
    const code = deskCode(app.random(8))
    const mac = deskCodeMac(code, app.secrets.pepper(cycle.id))
    // Two rows with one code in the same hour, 1 in 100,000,000: the press fails, and the next one draws another.
    if (!(await setDeskCode(tx, { cycle: cycle.id, rollRow: row.rollRow, mac })))
      throw new Error('a code came twice')
    const bond = { kind: 'checked', right: row.rollRow } as const
    await appendLeaf(app, tx, cycle.id, {
      kind: 'person-checked',
      at: await clock(tx),
      cycle: cycle.slug,
      village: String(where.territory),
      row: toHex(rowBond(app.secrets.leafKey, originOf(app, cycle.slug), bond)),
      by: markOf(app, by),
    })
    return ok(code)
  })

export interface CheckPlace {
  cycle: number
  territory: number
  name: Localised
  /** Of the cycle. */
  title: Localised
}

/** Villages of votes that people are let into in person, where this account may do it. */
export async function checkPlaces(app: App, account: number): Promise<CheckPlace[]> {
  const grants = await loggedGrants(app, app.db, account)
  if (grants.length === 0) return []
  const now = await clock(app.db)
  const places: CheckPlace[] = []
  for (const cycle of await cyclesUnderway(app.db)) {
    if (hasClosed(cycle) || !methodOf(cycle.method).facts.atDesk) continue
    for (const { territory, name } of await knownTerritories(app.db, cycle.id))
      if (mayDo(grants, 'check-person', await linesOf(app.db, [territory]), now))
        places.push({ cycle: cycle.id, territory, name, title: cycle.title })
  }
  return places
}
