// An open proposal as the second official is asked it.
import { jointActSchema, type JointAct, type Where } from '../core/two-officials.ts'
import { proposalForUpdate } from '../store/proposals.ts'
import type { App } from './app.ts'
import { whereOf } from './joint-act.ts'

export interface OpenProposal {
  proposal: string
  act: JointAct
  where: Where
  /** The account of whoever proposed it. */
  by: number
  /** UTC ISO. */
  until: string
}

/** Undefined where it is decided, ran out, or is not of this program. */
export async function readProposal(app: App, id: string): Promise<OpenProposal | undefined> {
  return app.db.begin(async (tx) => {
    const found = await proposalForUpdate(tx, id)
    const act = jointActSchema.safeParse(found?.act)
    if (found?.state !== 'open' || found.proposedBy === undefined || !act.success) return undefined
    return {
      proposal: id,
      act: act.data,
      where: await whereOf(tx, act.data),
      by: found.proposedBy,
      until: found.until,
    }
  })
}

/** What became of it so far; one that ran out is open, and nobody can decide it. */
export async function proposalState(app: App, id: string): Promise<'open' | 'done' | 'refused'> {
  const found = await app.db.begin((tx) => proposalForUpdate(tx, id))
  return found?.state === 'done' || found?.state === 'refused' ? found.state : 'open'
}
