// One transaction for one act: a problem rolls everything back, as an error does.
import { fail, type Result } from '../core/result.ts'
import type { Orm } from '../store/db.ts'
import type { App } from './app.ts'

/** Runs `act` in a transaction (read committed) and commits only a success. */
export async function transact<T, P>(
  app: App,
  act: (tx: Orm) => Promise<Result<T, P>>,
): Promise<Result<T, P>> {
  let refused: { problem: P } | undefined
  try {
    return await app.db.orm.transaction(async (tx) => {
      const result = await act(tx)
      if (result.ok) return result
      refused = { problem: result.problem }
      throw new Error('rolled back')
    })
  } catch (error) {
    if (refused) return fail(refused.problem)
    throw error
  }
}
