// Who may help people to vote in a cycle, as its log has it: a facilitator counts only by a leaf of the program's own.
import { decodeEvent } from '../core/audit/event.ts'
import { leafMac, sameMac } from '../core/audit/mac.ts'
import { leafHash } from '../core/audit/merkle.ts'
import { type FacilitatorLedger, facilitatorLedger } from '../core/audit/trusted/assisted.ts'
import { equal } from '../core/bytes.ts'
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
  for (const { body, hash, mac } of await facilitatorLeaves(tx, id, mark)) {
    if (!equal(leafHash(body), hash) || !sameMac(mac, leafMac(app.secrets.leafKey, origin, body))) continue
    const event = decodeEvent(body)
    if (event.ok) ledger.hear(event.value)
  }
  return ledger
}
