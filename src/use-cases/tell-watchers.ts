// Whoever asked to be told when something starts in a village is told, once, and not at night.
import type { Phase } from '../core/cycle.ts'
import { clock } from '../store/clock.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { ideaTermsOf } from '../store/ideas.ts'
import { enqueueForWatchers } from '../store/deliveries.ts'
import type { App } from './app.ts'

/** By it a message about the beginning of a phase is one for each account. */
export const beganKey = (cycle: number, phase: Phase): string => `began:${cycle}:${phase}`

/** In the transaction that begins the phase. Of a training nobody is told who did not come to it. */
export async function tellWatchers(app: App, tx: Tx, cycle: Cycle, phase: Phase): Promise<void> {
  if (cycle.profile === 'practice') return
  const dueAt = app.quiet(await clock(tx))
  if (phase === 'results') {
    const key = `results:${cycle.id}`
    await enqueueForWatchers(tx, { cycle: cycle.id, watched: 'results' }, { kind: 'results' }, { key, dueAt })
  }
  if (phase === 'support' && cycle.timeline.voting !== undefined && (await ideaTermsOf(tx, cycle.id)).support)
    await enqueueForWatchers(
      tx,
      { cycle: cycle.id, watched: 'ideas' },
      { kind: 'began', phase, until: cycle.timeline.voting },
      { key: beganKey(cycle.id, phase), dueAt },
    )
  const until = phase === 'ideas' ? (cycle.timeline.review ?? cycle.timeline.voting) : cycle.timeline.counting
  if ((phase !== 'ideas' && phase !== 'voting') || until === undefined) return
  const key = beganKey(cycle.id, phase)
  await enqueueForWatchers(
    tx,
    { cycle: cycle.id, watched: phase },
    { kind: 'began', phase, until },
    { key, dueAt },
  )
}
