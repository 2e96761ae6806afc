// Moves phases on at their time, reminds villages of their meetings, forgets what has lapsed, and lets older ideas be found.
import { forgetLapsed } from '../use-cases/forget-lapsed.ts'
import { moveDuePhases } from '../use-cases/move-due-phases.ts'
import { fillFoundBy } from '../use-cases/similar-ideas.ts'
import { remindMeetings } from '../use-cases/remind-meetings.ts'
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
    await remindMeetings(app)
    if (performance.now() - forgotten < FORGET_EVERY_MS) return
    await forgetLapsed(app)
    await fillFoundBy(app)
    forgotten = performance.now()
  })
}
