// Who may help people to vote in a cycle, as its log has it: a facilitator counts only by a leaf of the program's own.
import { ownAct } from '../core/audit/own-act.ts'
import { type FacilitatorLedger, facilitatorLedger } from '../core/audit/trusted/assisted.ts'
import type { Tx } from '../store/db.ts'
import { facilitatorLeaves } from '../store/log.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'

/** `mark`: the keyed hash of one account, or '' for all. */
export async function loggedFacilitators(
  app: App,
  tx: Tx,
  { id, slug }: { id: number; slug: string },
  mark = '',
): Promise<FacilitatorLedger> {
  const origin = originOf(app, slug)
  const ledger = facilitatorLedger()
  for (const leaf of await facilitatorLeaves(tx, id, mark)) {
    const act = ownAct(app.secrets.leafKey, origin, leaf)
    if (act) ledger.hear(act)
  }
  return ledger
}
