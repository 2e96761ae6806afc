// The phase clock's step: every cycle whose next phase is due, on the database's clock, moves on.
import { duePhase, type Phase } from '../core/cycle.ts'
import { clock } from '../store/clock.ts'
import { cyclesUnderway } from '../store/cycles.ts'
import type { App } from './app.ts'
import { type MoveProblem, movePhase } from './move-phase.ts'

export interface DueMove {
  cycle: string
  /** Absent when it did not move. */
  to?: Phase
  problem?: MoveProblem
}

/** What moved, and what was due and could not move; a move that another replica made meanwhile is neither. */
export async function moveDuePhases(app: App): Promise<DueMove[]> {
  const now = await clock(app.db)
  const moves: DueMove[] = []
  for (const cycle of await cyclesUnderway(app.db)) {
    if (!duePhase(cycle.phase, cycle.timeline, now)) continue
    const moved = await movePhase(app, cycle.id, { by: 'clock' })
    if (moved.ok) moves.push({ cycle: cycle.slug, to: moved.value.to })
    else if (moved.problem.kind !== 'not-due' && moved.problem.kind !== 'by-publishing')
      moves.push({ cycle: cycle.slug, problem: moved.problem })
  }
  return moves
}
