// The second official refuses: the act is not done, and whoever proposed it is told.
import { ok, type Result } from '../core/result.ts'
import type { App } from './app.ts'
import { type AnsweredAct, decidable, decide, type DecideProblem } from './decide-act.ts'
import { transact } from './transact.ts'

export async function refuseAct(
  app: App,
  id: string,
  account: number,
): Promise<Result<AnsweredAct, DecideProblem>> {
  return transact<AnsweredAct, DecideProblem>(app, async (tx) => {
    const found = await decidable(app, tx, id, account)
    if (!found.ok) return found
    return ok(await decide(app, tx, found.value, 'refused', account))
  })
}
