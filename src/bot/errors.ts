// The one place where an error of ours is caught: it is logged by code, and the person is told the code.
import type { Log } from '../log.ts'
import { errorFacts } from '../log.ts'
import { isSessionAway } from '../session/away.ts'
import { isDatabaseAway } from '../use-cases/is-database-away.ts'
import { show } from './message.ts'
import type { Ctx } from './context.ts'

/** Six letters and digits that stand in the log and on the screen. */
export const errorCode = (update: number, attempt: number): string =>
  ((update * 31 + attempt) % 36 ** 6).toString(36).toUpperCase().padStart(6, '0')

/**
 * Runs a handler. What the person caused never comes here. A store that is away is thrown on, so that the update is not
 * acknowledged; any other error is told with a code, and the update is done with.
 */
export async function fenced(
  ctx: Ctx,
  log: Log,
  attempt: number,
  handle: () => Promise<unknown>,
): Promise<void> {
  try {
    await handle()
  } catch (error) {
    if (isDatabaseAway(error) || isSessionAway(error)) throw error
    const code = errorCode(ctx.update.update_id, attempt)
    log.error('update failed', { ...errorFacts(error), update_id: ctx.update.update_id, shown: code })
    ctx.behind.length = 0
    ctx.answered = false
    if (ctx.chat?.type === 'private') show(ctx, { text: ctx.t.html('common.technical', { code }) })
  }
}
