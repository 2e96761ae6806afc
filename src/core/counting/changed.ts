// What stands otherwise after a vote than its count said: old and new, project by project.
import type { Money } from '../money.ts'
import type { AfterVote, Standing } from './reserve.ts'

/** `before`: what the count said. Costs in whole units of the currency: as voted on, and now. */
export interface Changed<P> {
  project: P
  before: 'elected' | 'out'
  standing: Standing
  was: Money
  now: Money
}

/** Only those that dropped out, moved up, are paid for outside the vote, or cost something else; in the order of the list. */
export function changedAfter<P extends { id: string; cost: Money }>(
  projects: readonly P[],
  winners: readonly string[],
  { standing, costs }: AfterVote,
): Changed<P>[] {
  return projects.flatMap((project) => {
    const { id, cost: was } = project
    const one = { project, standing: standing.get(id) ?? 'out', was, now: costs.get(id) ?? was }
    const stays = ['elected', 'waiting', 'out'].includes(one.standing) && one.now === was
    return stays ? [] : [{ ...one, before: winners.includes(id) ? ('elected' as const) : ('out' as const) }]
  })
}
