// The person who is helped says yes: the ballot is cast like any other, by the channel of assisted votes.
import type { Result } from '../core/result.ts'
import { fail } from '../core/result.ts'
import { openAssistOf } from '../store/assist.ts'
import type { App } from './app.ts'
import { castBallot, type CastProblem, type Receipt } from './cast-ballot.ts'

/** `account`: the facilitator's. Safe to repeat until the session is ended, as `castBallot` is. */
export async function castAssisted(
  app: App,
  { ballot, account, marks }: { ballot: string; account: number; marks: readonly string[] | undefined },
): Promise<Result<Receipt, CastProblem>> {
  const session = await openAssistOf(app.db, account)
  if (session?.ballot !== ballot) return fail({ kind: 'not-verified' })
  const { cycle, territory, rollRow } = session
  return castBallot(app, { ballot, account, cycle, territory, rollRow, marks, channel: 'assisted' })
}
