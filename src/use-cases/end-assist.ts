// A session is over: the number is written down, or nothing was sent. What was marked is sent no more.
import { endOpenAssists } from '../store/assist.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'

/** `facilitator`: whose session; they end it themselves, or whoever runs the server. Nothing of a vote changes. */
export async function endAssist(
  app: App,
  facilitator: number,
  by: Actor,
): Promise<Result<void, { kind: 'not-allowed' } | { kind: 'no-session' }>> {
  if (by !== facilitator && by !== 'command') return fail({ kind: 'not-allowed' })
  return (await endOpenAssists(app.db, facilitator)) ? ok(undefined) : fail({ kind: 'no-session' })
}
