// Two officials suspend a vote, resume it with its close moved by the time that was lost, or declare it void; everybody concerned is told.
import { reasonHash } from '../core/audit/reason-hash.ts'
import { closeAfterHalt, isBefore, isPublished, type Phase, REASON_LENGTHS } from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { JointAct } from '../core/two-officials.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate, lockCasts, setPhaseStart } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { enqueueForCycle } from '../store/deliveries.ts'
import { endHalt, insertHalt } from '../store/halts.ts'
import { markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import type { BothOfficials } from './joint-act.ts'
import { proposeAct, type Proposed, type ProposeProblem } from './propose-act.ts'
import { transact } from './transact.ts'

export type HaltProblem =
  | { kind: 'no-such-cycle' }
  /** A draft or what is published is declared void no more. */
  | { kind: 'not-to-halt'; phase: Phase }
  /** Only a vote that is open is suspended, before its close on the database's clock. */
  | { kind: 'not-voting' }
  /** It stands still already. */
  | { kind: 'halted-before' }
  /** It was resumed, or another time began. */
  | { kind: 'not-suspended' }
  /** Of a reason, in one of the languages: too short or too long. */
  | { kind: 'bad-length'; least: number; most: number }

export type HaltAct = Extract<JointAct, { kind: 'suspend' | 'resume' | 'void' }>
export type ProposeHaltProblem = ProposeProblem | HaltProblem

/** `reason`: for everybody, in both official languages; none where it is resumed. */
export type HaltWish = { kind: 'suspend' | 'void'; reason: Localised } | { kind: 'resume' }

export const proposeHalt = (
  app: App,
  cycleId: number,
  wish: HaltWish,
  by: number,
): Promise<Result<Proposed, ProposeHaltProblem>> =>
  transact<Proposed, ProposeHaltProblem>(app, async (tx) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    const act = actOf(cycle, wish)
    if (!act.ok) return act
    const may = mayHalt(cycle, act.value, await clock(tx))
    return may.ok ? proposeAct(app, tx, act.value, by) : may
  })

function actOf(cycle: Cycle, wish: HaltWish): Result<HaltAct, HaltProblem> {
  if (wish.kind === 'resume') {
    if (cycle.halt?.kind !== 'suspended') return fail({ kind: 'not-suspended' })
    return ok({ kind: 'resume', cycle: cycle.id, since: cycle.halt.at })
  }
  const [least, most] = REASON_LENGTHS
  const reason = Object.fromEntries(
    Object.entries(wish.reason).map(([locale, text]) => [locale, text.trim()]),
  )
  if (Object.values(reason).some(({ length }) => length < least || length > most))
    return fail({ kind: 'bad-length', least, most })
  return ok({ kind: wish.kind, cycle: cycle.id, reason: reason as Localised })
}

/** `now`: the database's clock. */
function mayHalt(cycle: Cycle, act: HaltAct, now: string): Result<void, HaltProblem> {
  const { halt, phase, timeline } = cycle
  if (act.kind === 'resume')
    return halt?.kind === 'suspended' && halt.at === act.since
      ? ok(undefined)
      : fail({ kind: 'not-suspended' })
  if (act.kind === 'void') {
    if (halt?.kind === 'void') return fail({ kind: 'halted-before' })
    const may = !isBefore(phase, 'announced') && !isPublished(phase)
    return may ? ok(undefined) : fail({ kind: 'not-to-halt', phase })
  }
  if (halt) return fail({ kind: 'halted-before' })
  const open = phase === 'voting' && Date.parse(now) < Date.parse(timeline.counting ?? '')
  return open ? ok(undefined) : fail({ kind: 'not-voting' })
}

/**
 * In the transaction of the confirmation. Every ballot before it is committed and none is in flight: what is cast later finds the halt.
 * The close of a vote that is resumed moves by exactly the time between the two moments in the log.
 */
export async function haltCycle(
  app: App,
  tx: Tx,
  act: HaltAct,
  { by, second }: BothOfficials,
): Promise<Result<void, HaltProblem>> {
  const cycle = await cycleForUpdate(tx, act.cycle)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  await lockCasts(tx, cycle.id)
  const at = await clock(tx)
  const may = mayHalt(cycle, act, at)
  if (!may.ok) return may
  const both = { at, cycle: cycle.slug, by: markOf(app, by), second: markOf(app, second) }
  if (cycle.halt) await endHalt(tx, cycle.id, at)
  if (act.kind === 'resume') return resume(app, tx, { cycle, since: act.since }, both)
  const [kind, leaf] =
    act.kind === 'void' ? (['void', 'voided'] as const) : (['suspended', 'suspended'] as const)
  await insertHalt(tx, cycle.id, { kind, at, reason: act.reason })
  await appendLeaf(app, tx, cycle.id, { kind: leaf, reason: reasonHash(act.reason), ...both })
  await enqueueForCycle(tx, cycle.id, { kind: leaf, at, reason: act.reason }, `${leaf}:${cycle.id}:${at}`)
  return ok(undefined)
}

async function resume(
  app: App,
  tx: Tx,
  { cycle, since }: { cycle: Cycle; since: string },
  both: { at: string; cycle: string; by: string; second: string },
): Promise<Result<void, HaltProblem>> {
  const closesAt = cycle.timeline.counting
  if (closesAt === undefined) throw new Error('an open vote has no close')
  const later = closeAfterHalt(closesAt, since, both.at)
  await setPhaseStart(tx, cycle.id, 'counting', later)
  await appendLeaf(app, tx, cycle.id, { kind: 'resumed', closes_at: later, ...both })
  await enqueueForCycle(tx, cycle.id, { kind: 'resumed', closesAt: later }, `resumed:${cycle.id}:${both.at}`)
  return ok(undefined)
}
