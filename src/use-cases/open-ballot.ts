// Opens a ballot for one of the people an account votes for. The database learns that it was opened, and nothing else.
import { hasClosed } from '../core/cycle.ts'
import { uuidOf } from '../core/ids.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { insertOpenedBallot, lastUnsent } from '../store/votes.ts'
import { type Voter, votersOf } from '../store/claims.ts'
import type { App } from './app.ts'
import { readPlace } from './read-place.ts'

export type OpenBallotProblem =
  | { kind: 'not-verified' }
  | { kind: 'not-open'; opensAt: string | undefined }
  | { kind: 'closed'; closesAt: string | undefined }
  | { kind: 'desk' }
  | { kind: 'paper' }
  | { kind: 'voted'; castAt: string }
  | { kind: 'no-projects' }

export interface Opened {
  ballot: string
  cycle: number
  territory: number
  voter: Voter
}

/** The ballot that was opened last and not sent, so that marks outlive a look at the menu. Undefined once a later one was sent. */
export const unsentBallot = (
  app: App,
  account: number,
  cycle: number,
  rollRow: number,
): Promise<string | undefined> => lastUnsent(app.db, { cycle, rollRow, account })

/** Whether it may be sent is decided again, by the database, when it is sent. `again`: an unsent one to go on with. */
export async function openBallot(
  app: App,
  account: number,
  cycle: number,
  rollRow: number,
  again?: string,
): Promise<Result<Opened, OpenBallotProblem>> {
  const voter = (await votersOf(app.db, cycle, account)).find((one) => one.rollRow === rollRow)
  if (!voter) return fail({ kind: 'not-verified' })
  const place = await readPlace(app, cycle, voter.territory)
  if (!place) return fail({ kind: 'not-verified' })
  const { phase, timeline, revote } = place.cycle
  if (hasClosed(place.cycle)) return fail({ kind: 'closed', closesAt: timeline.counting })
  if (phase !== 'voting') return fail({ kind: 'not-open', opensAt: timeline.voting })
  if (voter.way === 'desk') return fail({ kind: 'desk' })
  if (voter.way === 'paper') return fail({ kind: 'paper' })
  if (revote === 'none' && voter.castAt) return fail({ kind: 'voted', castAt: voter.castAt })
  if (place.projects === 0) return fail({ kind: 'no-projects' })
  if (again !== undefined) return ok({ ballot: again, cycle, territory: voter.territory, voter })
  const ballot = uuidOf(app.random(16))
  const opened = await insertOpenedBallot(app.db, { id: ballot, cycle, rollRow, account })
  return opened ? ok({ ballot, cycle, territory: voter.territory, voter }) : fail({ kind: 'not-verified' })
}
