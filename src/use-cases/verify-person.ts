// Verifies a person: the evidence selects one row of the roll, which is claimed once.
import type { Answer } from '../verification/method.ts'
import { peekAtCard } from '../verification/card.ts'
import { methods, type MethodKind } from '../verification/index.ts'
import type { App } from './app.ts'

export type { Answer, VerifyProblem, Verified } from '../verification/method.ts'

/** `evidence`: the 16 digits of a card, or a number as `77XXXXXXXXX`. The cycle accepts its own method only. */
export const verifyPerson = (
  app: App,
  account: number,
  cycle: { id: number; method: MethodKind },
  evidence: string,
): Promise<Answer> =>
  methods[cycle.method].claim(
    { db: app.db, cycle: cycle.id, account, pepper: app.secrets.pepper(cycle.id) },
    evidence,
  )

/** Looks a card up without claiming it, as a link does; it counts as a look-up. */
export const peekCard = (app: App, account: number, cycle: number, code: string): Promise<Answer> =>
  peekAtCard({ db: app.db, cycle, account, pepper: app.secrets.pepper(cycle) }, code)
