// Ballots that are opened again before observers: two people enter the dice, the log draws, and where the server holds the key it opens them.
import { DICE } from '../core/audit/event.ts'
import { isPublished, type Phase, PROFILES } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { SampledBallot } from '../core/audit/sample.ts'
import { type NotAsRecorded, openSample } from '../sealing/open-sample.ts'
import type { Rules } from '../core/audit/rules.ts'
import { clock } from '../store/clock.ts'
import { cycleForUpdate } from '../store/cycles.ts'
import { ballotsByNumber } from '../store/trusted.ts'
import { markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { readCycleSecrets } from './check-secrets.ts'
import { actsOf, type DiceEntered } from './key-holders.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { resultRows } from './result-rows.ts'
import { onTrustedLog, type ReadingProblem, trustedReading } from './trusted-reading.ts'

export type SampleDiceProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  /** Only ballots whose result is published are opened again. */
  | { kind: 'wrong-phase'; phase: Phase }
  | { kind: 'not-dice' }
  /** Its sealed ballots are gone. */
  | { kind: 'forgotten' }
  /** Two people have entered these alike: what they drew stands. */
  | { kind: 'thrown-before'; dice: string }
  | ReadingProblem

/** `leaves`: what was drawn, once two people agreed. */
export type SampleEntered = DiceEntered & { leaves: readonly number[] }

/** After the publication; what two people enter alike first draws the sample, once. */
export const enterSampleDice = (
  app: App,
  cycleId: number,
  dice: string,
  by: number,
): Promise<Result<SampleEntered, SampleDiceProblem>> =>
  onTrustedLog<SampleEntered, SampleDiceProblem>(app, cycleId, async (tx, tip) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayActInCycle(app, tx, by, 'count-cycle', cycleId))) return fail({ kind: 'not-allowed' })
    if (!isPublished(cycle.phase)) return fail({ kind: 'wrong-phase', phase: cycle.phase })
    if (!DICE.test(dice)) return fail({ kind: 'not-dice' })
    const secrets = await readCycleSecrets(app, cycle)
    const results = await resultRows(app, tx, cycle)
    const read = await trustedReading(app, tx, cycle, tip, { secrets, results })
    if (!read.ok) return read
    if (read.value.forgotten) return fail({ kind: 'forgotten' })
    const { thrown, drawBy } = read.value.sample
    if (thrown !== undefined) return fail({ kind: 'thrown-before', dice: thrown })
    const at = await clock(tx)
    const act = { kind: 'sample-dice', at, cycle: cycle.slug, dice, by: markOf(app, by) } as const
    const same = (await actsOf(app, tx, cycle, 'sample-dice')).filter(
      (one) => one.kind === act.kind && one.dice === dice,
    )
    const already = same.some((one) => 'by' in one && one.by === act.by)
    if (already) return ok({ agreed: false, already, leaves: [] })
    await appendLeaf(app, tx, cycleId, act)
    if (same.length === 0) return ok({ agreed: false, already, leaves: [] })
    const leaves = [...drawBy(dice)]
    await appendLeaf(app, tx, cycleId, { kind: 'sample-drawn', at, cycle: cycle.slug, dice, leaves })
    return ok({ agreed: true, already, leaves })
  })

export type OpenSampleProblem =
  | { kind: 'no-such-cycle' }
  /** People hold its key: they open what was drawn, without this server. */
  | { kind: 'held' }
  | { kind: 'wrong-phase'; phase: Phase }
  /** Two people have not entered the same dice yet. */
  | { kind: 'not-drawn' }
  /** Its sealed ballots are gone. */
  | { kind: 'forgotten' }
  /** The key is not there any more. */
  | { kind: 'no-key' }
  | NotAsRecorded
  | ReadingProblem

export interface OpenedSample {
  dice: string
  rules: Rules
  ballots: SampledBallot[]
}

/** Opens what was drawn and nothing else, with the server's key: to be shown to observers, and written down nowhere. */
export const openDrawnSample = (
  app: App,
  cycleId: number,
): Promise<Result<OpenedSample, OpenSampleProblem>> =>
  onTrustedLog<OpenedSample, OpenSampleProblem>(app, cycleId, async (tx, tip) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (PROFILES[cycle.profile].keys === 'holders') return fail({ kind: 'held' })
    if (!isPublished(cycle.phase)) return fail({ kind: 'wrong-phase', phase: cycle.phase })
    const secrets = await readCycleSecrets(app, cycle)
    const results = await resultRows(app, tx, cycle)
    const read = await trustedReading(app, tx, cycle, tip, { secrets, results })
    if (!read.ok) return read
    const { rules, sample, forgotten } = read.value
    if (forgotten) return fail({ kind: 'forgotten' })
    if (sample.thrown === undefined || !sample.drawn) return fail({ kind: 'not-drawn' })
    if (!secrets.keys) return fail({ kind: 'no-key' })
    const ballots = (await ballotsByNumber(tx, cycleId, sample.drawn)).toSorted((a, b) => a.seq - b.seq)
    const opened = openSample(app.sodium, secrets.keys, rules, ballots)
    return opened.ok ? ok({ dice: sample.thrown, rules, ballots: opened.value }) : opened
  })
