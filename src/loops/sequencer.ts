// Numbers new leaves and signs the heads of the logs, at least every second; at once when woken.
import { freshProgress, numberLeaves } from '../use-cases/number-leaves.ts'
import { type LeasedLoopOptions, type Loop, startLeasedLoop } from './loop.ts'

const READ_ALL_EVERY_MS = 3_600_000

export function startSequencer(options: LeasedLoopOptions): Loop {
  let progress = freshProgress()
  let began = performance.now()
  return startLeasedLoop('sequencer', options, async () => {
    // Once an hour everything is read again: whatever was overlooked for a reason nobody thought of gets its number then.
    if (performance.now() - began > READ_ALL_EVERY_MS) {
      progress = freshProgress()
      began = performance.now()
    }
    await numberLeaves(options.app, progress)
  })
}
