// The published key of a cycle's log: with it anybody checks heads and receipts.
import { verifierKey } from '../core/audit/checkpoint.ts'
import { cycleByName } from '../store/cycles.ts'
import type { App } from './app.ts'
import { originOf } from './log-origin.ts'

/** In the C2SP form, `origin+id+key`; undefined when there is no such cycle. */
export async function logVerifierKey(app: App, slug: string): Promise<string | undefined> {
  const cycle = await cycleByName(app.db, slug)
  return cycle && verifierKey(originOf(app, cycle.slug), app.secrets.logKeys.publicKey)
}
