// Verifies an account: the evidence selects one row of the roll, which is claimed once.
import type { Answer, MethodFacts } from '../verification/method.ts'
import { peekAtCard } from '../verification/card.ts'
import { methodOf, type MethodKind } from '../verification/index.ts'
import type { App } from './app.ts'

export type { Answer, MethodFacts, VerifyProblem, Verified } from '../verification/method.ts'
export type { MethodKind }

/** What verifying in this way is like, for screens and commands. */
export const factsOf = (method: string): MethodFacts => methodOf(method).facts

/** `evidence`: the 16 digits of a card, or a number as `77XXXXXXXXX`. The cycle accepts its own method only. */
export const verifyAccount = (
  app: App,
  account: number,
  cycle: { id: number; method: string },
  evidence: string,
): Promise<Answer> =>
  methodOf(cycle.method).claim(
    { db: app.db, cycle: cycle.id, account, pepper: app.secrets.pepper(cycle.id) },
    evidence,
  )

/** Looks a card up without claiming it, as a link does; it counts as a look-up. */
export const peekCard = (app: App, account: number, cycle: number, code: string): Promise<Answer> =>
  peekAtCard({ db: app.db, cycle, account, pepper: app.secrets.pepper(cycle) }, code)
