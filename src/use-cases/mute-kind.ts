// What a person does not want to be written about.
import { type Switch, SWITCHES } from '../core/manners.ts'
import { mutedBy, setMuted, upsertAccount } from '../store/accounts.ts'
import type { App } from './app.ts'
import { transact } from './transact.ts'
import { ok } from '../core/result.ts'

/** In the order of the switches. */
export async function readMuted(app: App, account: number): Promise<Switch[]> {
  const muted = await mutedBy(app.db, account)
  return SWITCHES.filter((kind) => muted.includes(kind))
}

/** Safe to repeat; what is queued already is sent. */
export async function muteKind(app: App, account: number, kind: Switch, mute: boolean): Promise<void> {
  await transact(app, async (tx) => {
    await upsertAccount(tx, account, {})
    await setMuted(tx, account, kind, mute)
    return ok(undefined)
  })
}
