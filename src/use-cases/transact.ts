// One transaction for one act: a problem rolls everything back, as an error does.
import { fail, type Result } from '../core/result.ts'
import { outdated, type Tx } from '../store/db.ts'
import type { App } from './app.ts'

/** Runs `act` in a transaction and commits only a success. */
export const transact = <T, P>(app: App, act: (tx: Tx) => Promise<Result<T, P>>): Promise<Result<T, P>> =>
  committed((own) => app.db.begin(own), act)

const MOST_SNAPSHOTS = 5

/** The same on one snapshot of the database; begun anew where somebody else changed meanwhile what `act` changes or holds. */
export async function transactOnSnapshot<T, P>(
  app: App,
  act: (tx: Tx) => Promise<Result<T, P>>,
): Promise<Result<T, P>> {
  for (let tries = 1; ; tries++) {
    try {
      return await committed((own) => app.db.beginSnapshot(own), act)
    } catch (error) {
      if (!outdated(error) || tries === MOST_SNAPSHOTS) throw error
    }
  }
}

type Begin = <R>(act: (tx: Tx) => Promise<R>) => Promise<R>

async function committed<T, P>(begin: Begin, act: (tx: Tx) => Promise<Result<T, P>>): Promise<Result<T, P>> {
  let refused: { problem: P } | undefined
  try {
    return await begin(async (tx) => {
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
