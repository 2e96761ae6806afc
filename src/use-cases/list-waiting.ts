// The acts that wait for this official's confirmation.
import { openProposalIds } from '../store/proposals.ts'
import type { App } from './app.ts'
import { decidable } from './decide-act.ts'
import { type OpenProposal, readProposal } from './read-proposal.ts'

/** Only what this account may decide now, the oldest first; none for whoever holds no role for it. */
export async function listWaiting(app: App, account: number): Promise<OpenProposal[]> {
  const waiting: OpenProposal[] = []
  for (const id of await openProposalIds(app.db)) {
    const may = await app.db.begin((tx) => decidable(app, tx, id, account))
    const found = may.ok ? await readProposal(app, id) : undefined
    if (found) waiting.push(found)
  }
  return waiting
}
