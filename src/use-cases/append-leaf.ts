// Writes an act to its log, in the act's own transaction, under the MAC that only the program can make.
import { encodeEvent, type Event } from '../core/audit/event.ts'
import { leafMac } from '../core/audit/mac.ts'
import { leafHash } from '../core/audit/merkle.ts'
import type { Tx } from '../store/db.ts'
import { INSTALLATION_LOG, insertLeaf } from '../store/log.ts'
import type { App } from './app.ts'
import { logOrigin, originOf } from './log-origin.ts'

/** `log`: a cycle's id, or the installation's own. An act of a cycle names it, so nothing is asked of the database. Returns the leaf's id. */
export async function appendLeaf(app: App, tx: Tx, log: number, event: Event): Promise<number> {
  const slug = log !== INSTALLATION_LOG && 'cycle' in event ? event.cycle : undefined
  const origin = slug === undefined ? await logOrigin(app, log) : originOf(app, slug)
  const body = encodeEvent(event)
  const mac = leafMac(app.secrets.leafKey, origin, body)
  return insertLeaf(tx, log, { kind: event.kind, body, hash: leafHash(body), mac })
}
