// The rules of a cycle as one value, built from the tables: what the opening froze, and what a reader holds against its leaf.
import type { Rules } from '../core/audit/rules.ts'
import { MOST_HELPED } from '../core/assist.ts'
import { PROFILES } from '../core/cycle.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { votingLists } from '../store/projects.ts'
import { workTermsOf } from '../store/works.ts'

/** `key`: the public ballot key, `seed`: the commitment to the tie seed, both hex. */
export async function cycleRules(
  tx: Tx,
  cycle: Cycle,
  { key, seed }: { key: string; seed: string },
): Promise<Rules> {
  const [lists, after] = await Promise.all([votingLists(tx, cycle.id), workTermsOf(tx, cycle.id)])
  return {
    cycle: cycle.slug,
    profile: cycle.profile,
    trial: cycle.trial,
    method: cycle.method,
    revote: cycle.revote,
    people: cycle.maxPeople,
    ...(cycle.helped === MOST_HELPED ? {} : { helped: cycle.helped }),
    currency: cycle.currency,
    ballot: cycle.ballotTerms,
    rule: cycle.ruleTerms,
    ...(after ? { after } : {}),
    ...cycle.trustTerms,
    key,
    seed,
    ...(PROFILES[cycle.profile].keys === 'holders' ? { lots: 'dice' as const } : {}),
    villages: lists.map(({ territory, pots }) => ({ village: String(territory), pots })),
  }
}
