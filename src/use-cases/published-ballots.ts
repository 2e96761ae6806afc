// The ballots behind published results, without a word of who cast them: what anybody may count again.
import type { Choice } from '../core/ballots/ballot-type.ts'
import { listName } from '../core/bundle/bundle.ts'
import { potKey, potsOf, readList, saidFaults } from '../core/bundle/check-results.ts'
import { isPublished } from '../core/cycle.ts'
import type { Pot } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { cycleById } from '../store/cycles.ts'
import type { App } from './app.ts'
import { readCycleSecrets } from './check-secrets.ts'
import { resultRows } from './result-rows.ts'
import { shownResults } from './shown-results.ts'
import { onTrustedLog, type ReadingProblem, trustedReading } from './trusted-reading.ts'

/**
 * Checked choices by `ballotsKey`, sorted in each pot, so that none tells what its voter chose in another pot; where fewer than
 * `SHOWN_FROM` voted there are none.
 */
export type PublishedBallots = ReadonlyMap<string, readonly (readonly Choice[])[]>

/** Of the ballots of a pot of a territory. */
export const ballotsKey = ({ territory, pot }: { territory: number; pot: Pot }): string =>
  potKey({ village: String(territory), pot })

type Problem =
  | { kind: 'not-published' }
  /** What is stored of the ballots is not what the log published. */
  | { kind: 'ballots' }
  | ReadingProblem

/** Reads the whole log and holds every list against it, so keep what it returns: a published result never changes. Needs no key. */
export const publishedBallots = (app: App, cycleId: number): Promise<Result<PublishedBallots, Problem>> =>
  onTrustedLog<PublishedBallots, Problem>(app, cycleId, async (tx, tip) => {
    const cycle = await cycleById(tx, cycleId)
    if (!cycle || !isPublished(cycle.phase)) return fail({ kind: 'not-published' })
    const secrets = await readCycleSecrets(app, cycle)
    const results = await resultRows(app, tx, cycle)
    const read = await trustedReading(app, tx, cycle, tip, { secrets, results })
    if (!read.ok) return read
    const { rules } = read.value
    const { said, ...shown } = await shownResults(app, tx, cycle)
    if (saidFaults({ rules, ...shown }, said).length > 0) return fail({ kind: 'ballots' })
    const ballots = new Map<string, readonly (readonly Choice[])[]>()
    for (const pot of potsOf(rules)) {
      const list = shown.lists.get(listName(pot))
      const choices = list === undefined ? [] : readList(rules, pot, list)
      if (!choices) return fail({ kind: 'ballots' })
      if (list !== undefined) ballots.set(potKey(pot), choices)
    }
    return ok(ballots)
  })

/** Reads the ballots of a cycle once and keeps them, of so many cycles. */
export function keepBallots(app: App, most = 4): (cycleId: number) => ReturnType<typeof publishedBallots> {
  const known = new Map<number, ReturnType<typeof publishedBallots>>()
  return async (cycleId) => {
    const reading = known.get(cycleId) ?? publishedBallots(app, cycleId)
    known.delete(cycleId)
    known.set(cycleId, reading)
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    const read = await reading.catch((error: unknown) => {
      known.delete(cycleId)
      throw error
    })
    if (!read.ok) known.delete(cycleId)
    return read
  }
}
