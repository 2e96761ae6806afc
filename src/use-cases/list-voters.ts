// The voters an account has claimed in a cycle, each with its last recorded ballot: "did my vote arrive?".
import type { Localised } from '../core/localised.ts'
import { labelClaim, lastVoted, type Voter, votersOf } from '../store/claims.ts'
import { labelOf } from '../core/person.ts'
import type { App } from './app.ts'

export type { Voter }

/** Empty when nobody is verified. */
export const listVoters = (app: App, account: number, cycle: number): Promise<Voter[]> =>
  votersOf(app.db, cycle, account)

/** Who voted for the account in the newest other vote, where nobody did in this one; undefined where there is none. */
export async function earlierVoters(
  app: App,
  account: number,
  cycle: number,
): Promise<{ title: Localised; people: Voter[] } | undefined> {
  const last = await lastVoted(app.db, account, cycle)
  return last && { title: last.title, people: await votersOf(app.db, last.id, account) }
}

/** Gives one of them a word to be told apart by. */
export const nameVoter = (
  app: App,
  account: number,
  cycle: number,
  rollRow: number,
  word: string,
): Promise<boolean> => labelClaim(app.db, cycle, rollRow, account, labelOf(word))
