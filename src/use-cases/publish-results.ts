// Publishes the counts of a cycle: from then on everyone may see them, and everyone whose village took part is told, once.
import { publishedHash } from '../core/audit/result-hash.ts'
import { type Phase, PROFILES } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { cycleForUpdate, startPhaseNow, updatePhase } from '../store/cycles.ts'
import { territoriesOf } from '../store/places.ts'
import { enqueueForCycle } from '../store/deliveries.ts'
import { resultsOf, setPublished } from '../store/results.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type PublishProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  | { kind: 'not-counting'; phase: Phase }
  /** Villages without a count, by territory id. */
  | { kind: 'not-counted'; territories: number[] }
  /** One person alone publishes nothing but a trial; nor does a command where the profile asks for two officials. */
  | { kind: 'two-officials' }

/** Returns how many villages were published. All of a cycle at once; safe to repeat: the second time it is not counting. */
export async function publishResults(
  app: App,
  cycleId: number,
  by: Actor,
): Promise<Result<number, PublishProblem>> {
  return transact<number, PublishProblem>(app, async (tx) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayActInCycle(tx, by, 'publish-results', cycleId))) return fail({ kind: 'not-allowed' })
    if (cycle.phase !== 'counting') return fail({ kind: 'not-counting', phase: cycle.phase })
    if (PROFILES[cycle.profile].officials === 2 || (typeof by === 'number' && !cycle.trial))
      return fail({ kind: 'two-officials' })
    const counts = await resultsOf(tx, cycleId)
    const counted = new Set(counts.map(({ territory, pot }) => `${territory} ${pot}`))
    const places = await territoriesOf(tx, cycleId)
    const missing = places
      .filter(({ territory, pots }) => pots.some(({ pot }) => !counted.has(`${territory} ${pot}`)))
      .map(({ territory }) => territory)
    if (missing.length > 0) return fail({ kind: 'not-counted', territories: missing })
    const at = await clock(tx)
    await setPublished(tx, cycleId)
    await startPhaseNow(tx, cycleId, 'results')
    await updatePhase(tx, cycleId, 'counting', 'results', false)
    const result = publishedHash(
      counts.map(({ territory, pot, hash }) => ({ village: String(territory), pot, hash })),
    )
    await appendLeaf(app, tx, cycleId, {
      kind: 'published',
      at,
      cycle: cycle.slug,
      result,
      by: markOf(app, by),
    })
    await appendLeaf(app, tx, cycleId, {
      kind: 'phase',
      at,
      cycle: cycle.slug,
      from: 'counting',
      to: 'results',
      by: markOf(app, by),
    })
    await enqueueForCycle(tx, cycleId, { kind: 'results' }, `results:${cycleId}`)
    return ok(places.length)
  })
}
