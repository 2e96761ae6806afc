// Moves phases on at their time, and forgets what has lapsed.
import { forgetLapsed } from '../use-cases/forget-lapsed.ts'
import { moveDuePhases } from '../use-cases/move-due-phases.ts'
import { type LeasedLoopOptions, type Loop, startLeasedLoop } from './loop.ts'

const FORGET_EVERY_MS = 600_000

/** Runs under a lease: one replica of the fleet moves phases. */
export function startPhaseClock(options: LeasedLoopOptions): Loop {
  const { app, log } = options
  let forgotten = Number.NEGATIVE_INFINITY
  let told = ''
  return startLeasedLoop('phase-clock', options, async () => {
    const moves = await moveDuePhases(app)
    for (const { cycle, to } of moves) if (to) log.info('a phase began', { cycle, phase: to })
    const stuck = moves
      .flatMap(({ cycle, problem }) => (problem ? [`${cycle}: ${problem.kind}`] : []))
      .join(', ')
    if (stuck !== '' && stuck !== told) log.error('a phase is due and cannot begin', { stuck })
    told = stuck
    if (performance.now() - forgotten < FORGET_EVERY_MS) return
    await forgetLapsed(app)
    forgotten = performance.now()
  })
}
