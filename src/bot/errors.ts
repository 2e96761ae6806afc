// The one place where an error of ours is caught: it is logged by code, and the person is told the code.
import type { Update } from 'grammy/types'
import type { Log } from '../log.ts'
import { errorFacts } from '../log.ts'
import { isSessionAway } from '../session/away.ts'
import { isDatabaseAway } from '../use-cases/is-database-away.ts'

/** Six letters and digits that stand in the log and on the screen. */
export const errorCode = (update: number, attempt: number): string =>
  ((update * 31 + attempt) % 36 ** 6).toString(36).toUpperCase().padStart(6, '0')

/**
 * Runs a handler. What the person caused never comes here. A store that is away is thrown on, so that the update is not
 * acknowledged; any other error is told with a code, and the update is done with. `tell`: says the code in place of what the
 * handler had to say.
 */
export async function fenced(
  update: Update,
  attempt: number,
  log: Log,
  handle: () => Promise<unknown>,
  tell: (code: string) => void,
): Promise<void> {
  try {
    await handle()
  } catch (error) {
    if (isDatabaseAway(error) || isSessionAway(error)) throw error
    const code = errorCode(update.update_id, attempt)
    log.error('update failed', { ...errorFacts(error), update_id: update.update_id, shown: code })
    tell(code)
  }
}
