// The first of two officials proposes what moves a cycle on: the next phase, a later close, the publication of its counts.
import type { Phase } from '../core/cycle.ts'
import type { Result } from '../core/result.ts'
import type { App } from './app.ts'
import { checkExtension, type ExtendCycleProblem } from './extend-cycle.ts'
import { mayMove, type MoveProblem } from './move-phase.ts'
import { proposeAct, type Proposed, type ProposeProblem } from './propose-act.ts'
import { checkPublication, type PublishProblem, resultSeen } from './publish-results.ts'
import { transact } from './transact.ts'
import { onTrustedLog } from './trusted-reading.ts'

export type ProposeMoveProblem = ProposeProblem | MoveProblem
export type ProposeExtensionProblem = ProposeProblem | ExtendCycleProblem
export type ProposePublicationProblem = ProposeProblem | PublishProblem

/** `from`: the phase that was seen. */
export const proposeMove = (
  app: App,
  cycle: number,
  from: Phase,
  by: number,
): Promise<Result<Proposed, ProposeMoveProblem>> =>
  transact<Proposed, ProposeMoveProblem>(app, async (tx) => {
    const may = await mayMove(app, tx, cycle, { by, from, alone: false })
    return may.ok ? proposeAct(app, tx, { kind: 'move', cycle, from, to: may.value.next }, by) : may
  })

/** `to`: a moment. */
export const proposeExtension = (
  app: App,
  cycle: number,
  to: string,
  by: number,
): Promise<Result<Proposed, ProposeExtensionProblem>> =>
  transact<Proposed, ProposeExtensionProblem>(app, async (tx) => {
    const may = await checkExtension(app, tx, cycle, to, by)
    if (!may.ok) return may
    const before = may.value.cycle.timeline.counting ?? ''
    return proposeAct(app, tx, { kind: 'extend', cycle, before, to: may.value.closesAt }, by)
  })

/** The second official publishes these very counts, or none. */
export const proposePublication = (
  app: App,
  cycle: number,
  by: number,
): Promise<Result<Proposed, ProposePublicationProblem>> =>
  onTrustedLog<Proposed, ProposePublicationProblem>(app, cycle, async (tx, tip) => {
    const ready = await checkPublication(app, tx, cycle, tip, { by, alone: false })
    if (!ready.ok) return ready
    return proposeAct(app, tx, { kind: 'publish', cycle, result: resultSeen(ready.value) }, by)
  })
