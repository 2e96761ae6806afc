// The sequencer: numbers committed leaves, hashes them and signs the head, at least every second.
import type { Log } from '../log.ts'
import type { App } from '../use-cases/app.ts'
import { freshProgress, numberLeaves } from '../use-cases/number-leaves.ts'
import { withLease } from '../use-cases/with-lease.ts'
import { type Loop, startLoop } from './loop.ts'

export interface LoopParts {
  app: App
  log: Log
  holder: string
  intervalMs: number
}

/** Runs where the lease is; another replica takes over within its ten seconds. */
export function startSequencer({ app, log, holder, intervalMs }: LoopParts): Loop {
  const progress = freshProgress()
  return startLoop('sequencer', log, intervalMs, async () => {
    const numbered = await withLease(app, 'sequencer', holder, 10, () => numberLeaves(app, progress))
    return (numbered ?? 0) > 0
  })
}
