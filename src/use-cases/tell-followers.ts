// Whoever follows a project hears with the results whether it was elected: in the one message about the results.
import type { ResultRow } from '../core/audit/trusted/result.ts'
import type { Count } from '../core/counting/count.ts'
import type { Tx } from '../store/db.ts'
import { enqueue } from '../store/deliveries.ts'
import { followersIn } from '../store/follows.ts'

/** In the transaction that publishes, before everybody is told by the same `key`. */
export async function tellFollowers(
  tx: Tx,
  cycle: number,
  results: readonly ResultRow[],
  key: string,
): Promise<void> {
  const won = new Set(results.flatMap(({ count }) => (count as Count).winners))
  for (const { account, territory, projects } of await followersIn(tx, cycle)) {
    const followed = projects.map(({ id, number, title }) => ({ number, title, won: won.has(id) }))
    await enqueue(
      tx,
      { kind: 'results', cycle, territory, followed },
      { account, dedupe: `${key}:${account}` },
    )
  }
}
