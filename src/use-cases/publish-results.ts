// Publishes the counts of a cycle: from then on everyone may see them, and everyone whose village took part is told, once.
import { publishedHash } from '../core/audit/result-hash.ts'
import type { Count } from '../core/counting/count.ts'
import type { ResultRow } from '../core/audit/trusted/result.ts'
import { type Phase, PROFILES } from '../core/cycle.ts'
import { type Money, sumMoney } from '../core/money.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate, startPhaseNow, updatePhase } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { enqueueForCycle, readersOfCycle } from '../store/deliveries.ts'
import { votingLists } from '../store/projects.ts'
import { setPublished } from '../store/results.ts'
import { beginWorks } from '../store/works.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { readCycleSecrets } from './check-secrets.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { readReviews } from './read-reviews.ts'
import { resultRows } from './result-rows.ts'
import { tellFollowers } from './tell-followers.ts'
import { tellWatchers } from './tell-watchers.ts'
import { onTrustedLog, type ReadingProblem, type TrustedTip, trustedReading } from './trusted-reading.ts'

export type PublishProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  | { kind: 'not-counting'; phase: Phase }
  /** Villages without a count, by territory id. */
  | { kind: 'not-counted'; territories: number[] }
  | ReadingProblem
  /** It is void: nothing of it is published. */
  | { kind: 'void' }
  /** It was counted anew since the first of two officials looked. */
  | { kind: 'counted-anew' }
  /** One person alone publishes nothing but a trial; nor does a command where the profile asks for two officials. */
  | { kind: 'two-officials' }

/** Returns how many villages were published. All of a cycle at once; safe to repeat: the second time it is not counting. */
export const publishResults = (
  app: App,
  cycleId: number,
  by: Actor,
): Promise<Result<number, PublishProblem>> =>
  onTrustedLog<number, PublishProblem>(app, cycleId, (tx, tip) =>
    publishInside(app, tx, cycleId, tip, { by }),
  )

/** The same in the transaction of a second official's confirmation. `result`: what the first one saw. */
export async function publishInside(
  app: App,
  tx: Tx,
  cycleId: number,
  tip: TrustedTip,
  { by, second, result: seen }: { by: Actor; second?: number; result?: string },
): Promise<Result<number, PublishProblem>> {
  const ready = await checkPublication(app, tx, cycleId, tip, { by, alone: second === undefined })
  if (!ready.ok) return ready
  const { cycle, results, villages } = ready.value
  const at = await clock(tx)
  const result = publishedHash(results)
  if (seen !== undefined && seen !== result) return fail({ kind: 'counted-anew' })
  await setPublished(tx, cycleId)
  await beginWorks(tx, cycleId)
  await startPhaseNow(tx, cycleId, 'results')
  await updatePhase(tx, cycleId, 'counting', 'results', false)
  const both = {
    at,
    cycle: cycle.slug,
    by: markOf(app, by),
    ...(second === undefined ? {} : { second: markOf(app, second) }),
  }
  await appendLeaf(app, tx, cycleId, { kind: 'published', result, ...both })
  await appendLeaf(app, tx, cycleId, { kind: 'phase', from: 'counting', to: 'results', ...both })
  await tellFollowers(tx, cycleId, results, `results:${cycleId}`)
  await enqueueForCycle(tx, cycleId, { kind: 'results' }, `results:${cycleId}`)
  await tellWatchers(app, tx, cycle, 'results')
  return ok(villages)
}

/** `spent`: whole units of the cycle's currency; `people`: to so many the bot would write. */
export interface Publication {
  villages: number
  ballots: number
  winners: number
  spent: Money
  people: number
  /** Of all these counts: the `publishedHash`. */
  result: string
  /** Whoever asks may not do it alone. */
  joint: boolean
  /** So many of the villages are under review: their results say it, and nothing waits for them. */
  underReview: number
}

/** What `publishResults` would do, by the same rules; nothing is changed. */
export const previewPublication = (
  app: App,
  cycleId: number,
  by: Actor,
): Promise<Result<Publication, PublishProblem>> =>
  onTrustedLog<Publication, PublishProblem>(app, cycleId, async (tx, tip) => {
    const ready = await checkPublication(app, tx, cycleId, tip, { by, alone: typeof by !== 'number' })
    if (!ready.ok) return ready
    const { cycle, results, villages } = ready.value
    const reviews = [...(await readReviews(app, tx, cycle)).values()]
    const ballots = new Map(results.map((one) => [one.village, one.ballots]))
    const counts = results.map(({ count }) => count as Count)
    return ok({
      villages,
      ballots: [...ballots.values()].reduce((sum, count) => sum + count, 0),
      winners: counts.reduce((sum, { winners }) => sum + winners.length, 0),
      spent: sumMoney(counts.map(({ spent }) => spent)),
      people: await readersOfCycle(tx, cycleId, 'results'),
      result: publishedHash(results),
      joint: needsTwo(cycle, by),
      underReview: reviews.filter(({ since }) => since !== undefined).length,
    })
  })

/** A command stands for one official; a person alone publishes nothing but a trial. */
const needsTwo = (cycle: Cycle, by: Actor): boolean =>
  PROFILES[cycle.profile].officials === 2 || (typeof by === 'number' && !cycle.trial)

export interface Ready {
  cycle: Cycle
  results: ResultRow[]
  /** How many. */
  villages: number
}

/** The `publishedHash` of these counts. */
export const resultSeen = ({ results }: Ready): string => publishedHash(results)

/** Whether all is counted, and by what the log says. */
export async function checkPublication(
  app: App,
  tx: Tx,
  cycleId: number,
  tip: TrustedTip,
  { by, alone }: { by: Actor; alone: boolean },
): Promise<Result<Ready, PublishProblem>> {
  const cycle = await cycleForUpdate(tx, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  if (!(await mayActInCycle(app, tx, by, 'publish-results', cycleId))) return fail({ kind: 'not-allowed' })
  if (cycle.halt) return fail({ kind: 'void' })
  if (cycle.phase !== 'counting') return fail({ kind: 'not-counting', phase: cycle.phase })
  if (alone && needsTwo(cycle, by)) return fail({ kind: 'two-officials' })
  const secrets = await readCycleSecrets(app, cycle)
  const results = await resultRows(app, tx, cycle)
  if (results.length === 0) {
    const lists = await votingLists(tx, cycleId)
    return fail({ kind: 'not-counted', territories: lists.map(({ territory }) => territory) })
  }
  const read = await trustedReading(app, tx, cycle, tip, { secrets, results })
  if (!read.ok) return read
  const { villages } = read.value.rules
  const counted = new Set(results.map(({ village, pot }) => `${village} ${pot}`))
  const missing = villages
    .filter(({ village, pots }) => pots.some(({ pot }) => !counted.has(`${village} ${pot}`)))
    .map(({ village }) => Number(village))
  if (missing.length > 0) return fail({ kind: 'not-counted', territories: missing })
  return ok({ cycle, results, villages: villages.length })
}
