// The voters an account has claimed in a cycle, each with its last recorded ballot: "did my vote arrive?".
import { labelClaim, type Voter, votersOf } from '../store/claims.ts'
import { labelOf } from '../core/person.ts'
import type { App } from './app.ts'

export type { Voter }

/** Empty when nobody is verified. */
export const listVoters = (app: App, account: number, cycle: number): Promise<Voter[]> =>
  votersOf(app.db, cycle, account)

/** Gives one of them a word to be told apart by. */
export const nameVoter = (
  app: App,
  account: number,
  cycle: number,
  rollRow: number,
  word: string,
): Promise<boolean> => labelClaim(app.db, cycle, rollRow, account, labelOf(word))
