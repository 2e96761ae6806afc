// The people an account votes for in a cycle, each with its last recorded ballot: "did my vote arrive?".
import { labelClaim, type Voter, votersOf } from '../store/claims.ts'
import { graphemeCut } from '../core/text.ts'
import type { App } from './app.ts'

export type { Voter as VoterPerson }

/** Empty when nobody is verified. */
export const listPeople = (app: App, account: number, cycle: number): Promise<Voter[]> =>
  votersOf(app.db, cycle, account)

/** The word by which a person is told apart, as it is kept: at most 24 characters. */
export const labelOf = (word: string): string => graphemeCut(word.replace(/\s+/g, ' ').trim(), 24)

/** Gives one of them a word to be told apart by. */
export const nameVoter = (
  app: App,
  account: number,
  cycle: number,
  rollRow: number,
  word: string,
): Promise<boolean> => labelClaim(app.db, cycle, rollRow, account, labelOf(word))
