// One transaction for one act: a problem rolls everything back, as an error does.
import { fail, type Result } from '../core/result.ts'
import type { Tx } from '../store/db.ts'
import type { App } from './app.ts'

/** Runs `act` in a transaction and commits only a success. */
export async function transact<T, P>(
  app: App,
  act: (tx: Tx) => Promise<Result<T, P>>,
): Promise<Result<T, P>> {
  let refused: { problem: P } | undefined
  try {
    return await app.db.begin(async (tx) => {
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
