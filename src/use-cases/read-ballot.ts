// An opened ballot as its account sees it, with the list it is marked on.
import { openedBallotOf, type OpenedBallot } from '../store/votes.ts'
import type { App, FrozenList } from './app.ts'
import { frozenList } from './frozen-list.ts'

export interface BallotView extends FrozenList {
  opened: OpenedBallot
}

/** Undefined when the ballot is not this account's. */
export async function readBallot(app: App, ballot: string, account: number): Promise<BallotView | undefined> {
  const opened = await openedBallotOf(app.db, ballot, account)
  if (!opened) return undefined
  const list = await frozenList(app, opened.cycle, opened.territory)
  return list && { opened, ...list }
}
