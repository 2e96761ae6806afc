// Verifies an account: the evidence selects one row of the roll, which is claimed once, with a leaf.
import { claimHash } from '../core/audit/mac.ts'
import { hasClosed } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { cycleById, shareCasts } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import {
  type Answer,
  type Asked,
  answerOf,
  type MethodFacts,
  type VerifyProblem,
} from '../verification/method.ts'
import { peekAtCard } from '../verification/card.ts'
import { methodOf, type MethodKind } from '../verification/index.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { transact } from './transact.ts'

export type { Answer, MethodFacts, VerifyProblem, Verified } from '../verification/method.ts'
export type { MethodKind }

/** What verifying in this way is like, for screens and commands. */
export const factsOf = (method: string): MethodFacts => methodOf(method).facts

/**
 * `evidence`: the 16 digits of a card, or a number as `77XXXXXXXXX`. The cycle accepts its own method only, and until its close. Of
 * several claims at once one is stored, with its leaf; the same account again writes none. A claim in the instant of the close stands before
 * it in the log, or is refused and leaves nothing.
 */
export async function verifyAccount(
  app: App,
  account: number,
  cycle: { id: number; method: string },
  evidence: string,
): Promise<Answer> {
  const closed = await closedProblem(app.db, cycle.id)
  if (closed) return closed
  const claiming = await methodOf(cycle.method).prepare(askedOf(app, account, cycle.id), evidence)
  if (!claiming.ok) return claiming
  const done = await transact<Answer, VerifyProblem>(app, async (tx) => {
    const nonce = app.random(32)
    const answer = await claiming.value(tx, nonce)
    if (answer.outcome === 'claimed') {
      await shareCasts(tx, cycle.id)
      const late = await closedProblem(tx, cycle.id)
      if (late) return late
      await appendLeaf(app, tx, cycle.id, {
        kind: 'claimed',
        at: answer.at,
        cycle: answer.slug,
        village: String(answer.territory),
        method: cycle.method,
        claim: claimHash(nonce, answer.rollRow, String(account)),
      })
    }
    return ok(answerOf(answer))
  })
  return done.ok ? done.value : done
}

/** Looks a card up without claiming it, as a link does; it counts as a look-up. */
export const peekCard = async (app: App, account: number, cycle: number, code: string): Promise<Answer> =>
  (await closedProblem(app.db, cycle)) ?? peekAtCard(askedOf(app, account, cycle), code)

const askedOf = (app: App, account: number, cycle: number): Asked => ({
  db: app.db,
  cycle,
  account,
  pepper: app.secrets.pepper(cycle),
})

async function closedProblem(tx: Tx, id: number): Promise<Result<never, VerifyProblem> | undefined> {
  const cycle = await cycleById(tx, id)
  return cycle && hasClosed(cycle) ? fail({ kind: 'closed', closesAt: cycle.timeline.counting }) : undefined
}
