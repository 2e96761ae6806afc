// The phase clock: brings each cycle to its next phase when its time has come, once in the fleet.
import { moveDuePhases } from '../use-cases/move-due-phases.ts'
import { withLease } from '../use-cases/with-lease.ts'
import { type Loop, startLoop } from './loop.ts'
import type { LoopParts } from './sequencer.ts'

/** A conditional update decides; the lease only saves the others the look. */
export function startPhaseClock({ app, log, holder, intervalMs }: LoopParts): Loop {
  return startLoop('phase-clock', log, intervalMs, async () => {
    const moved = await withLease(app, 'phase-clock', holder, 10, () => moveDuePhases(app))
    return (moved ?? 0) > 0
  })
}
