// Moves every cycle whose next phase is due, and forgets failed look-ups that no rule counts any more.
import { duePhase } from '../core/cycle.ts'
import { cyclesUnderway } from '../store/cycles.ts'
import { forgetOldAttempts } from '../store/votes.ts'
import type { App } from './app.ts'
import { movePhase } from './move-phase.ts'

/** Returns how many cycles moved. The database's clock decides in `movePhase`; ours only says where to look. */
export async function moveDuePhases(app: App): Promise<number> {
  let moved = 0
  const soon = new Date(app.now().getTime() + 60_000).toISOString()
  for (const cycle of await cyclesUnderway(app.db)) {
    if (!duePhase(cycle.phase, cycle.timeline, soon)) continue
    const outcome = await movePhase(app, cycle.id, { by: 'clock' })
    if (outcome.ok) moved += 1
  }
  await forgetOldAttempts(app.db)
  return moved
}
