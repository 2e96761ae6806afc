// The ballots behind published results, without a word of who cast them: what anybody may count again.
import type { Choice } from '../core/ballots/ballot-type.ts'
import { SHOWN_FROM } from '../core/counting/shown.ts'
import { isPublished } from '../core/cycle.ts'
import type { Pot } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { cycleById } from '../store/cycles.ts'
import type { App } from './app.ts'
import { readCycleSecrets } from './check-secrets.ts'
import { openBallots } from './open-choices.ts'
import { withPapers } from './open-papers.ts'
import { resultRows } from './result-rows.ts'
import { onTrustedLog, type ReadingProblem, trustedReading } from './trusted-reading.ts'

/**
 * Checked choices by `ballotsKey`, each pot in an order of its own, so that none tells what its voter chose in another pot; where fewer
 * than `SHOWN_FROM` voted there are none.
 */
export type PublishedBallots = ReadonlyMap<string, readonly (readonly Choice[])[]>

/** Of the ballots of a pot of a territory. */
export const ballotsKey = ({ territory, pot }: { territory: number; pot: Pot }): string =>
  `${territory} ${pot}`

type Problem =
  | { kind: 'not-published' }
  /** The key was taken away, as it is once the time for disputes is over. */
  | { kind: 'no-key' }
  /** A stored ballot is not what its leaf committed to. */
  | { kind: 'ballots' }
  | ReadingProblem

/** Reads the whole log and opens every ballot that was counted, so keep what it returns: a published result never changes. */
export const publishedBallots = (app: App, cycleId: number): Promise<Result<PublishedBallots, Problem>> =>
  onTrustedLog<PublishedBallots, Problem>(app, cycleId, async (tx, tip) => {
    const cycle = await cycleById(tx, cycleId)
    if (!cycle || !isPublished(cycle.phase)) return fail({ kind: 'not-published' })
    const secrets = await readCycleSecrets(app, cycle)
    if (!secrets.keys) return fail({ kind: 'no-key' })
    const results = await resultRows(app, tx, cycle)
    const read = await trustedReading(app, tx, cycle, tip, { secrets, results })
    if (!read.ok) return read
    const { rules, counted } = read.value
    const opened = await openBallots(app, tx, cycleId, secrets.keys, rules, [...counted.values()])
    const all = opened.ok
      ? await withPapers(app, tx, cycleId, secrets.keys, read.value, opened.value)
      : opened
    if (!all.ok) return fail({ kind: 'ballots' })
    return ok(
      new Map(
        [...all.value].flatMap(([village, pots]) =>
          [...pots].flatMap(([pot, ballots]) =>
            ballots.length >= SHOWN_FROM
              ? [[ballotsKey({ territory: Number(village), pot }), sorted(ballots)] as const]
              : [],
          ),
        ),
      ),
    )
  })

/** Alike ballots stand together, so that no place tells of a voter. */
const sorted = (ballots: readonly Choice[][]): Choice[][] =>
  ballots
    .map((choices) => ({ choices, text: JSON.stringify(choices) }))
    .toSorted((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ choices }) => choices)

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
