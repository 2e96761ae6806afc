// What is kept about an account: all of it for /mydata, and for /delete what an erasure does to its rights and roles.
import { type Kept, type KeptGrant, type KeptRight, keptOf, rightsOf, rolesOf } from '../store/kept.ts'
import type { App } from './app.ts'
import { reportMark } from './report-pressure.ts'

export type { Kept, KeptGrant, KeptRight }

export const readMyData = (app: App, account: number): Promise<Kept> =>
  keptOf(app.db, account, reportMark(app, account))

/** Nothing is kept beside the account, if there is one. */
export const isEmpty = ({ rights, grants, ...kept }: Kept): boolean =>
  rights.length + grants.length + kept.queued + kept.settled + kept.opened === 0 &&
  kept.attempts +
    kept.ideas +
    kept.supported +
    kept.needs +
    kept.counted +
    kept.papers +
    kept.questions +
    kept.follows ===
    0 &&
  kept.reports + kept.ideaFollows + kept.rooms + kept.invites + kept.drafts === 0

export interface AtStake {
  rights: KeptRight[]
  /** They stay until they are taken away. */
  grants: KeptGrant[]
}

export const readAtStake = async (app: App, account: number): Promise<AtStake> => {
  const [rights, grants] = await Promise.all([rightsOf(app.db, account), rolesOf(app.db, account)])
  return { rights, grants }
}
