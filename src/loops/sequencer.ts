// Numbers new leaves and signs the heads of the logs, as often as it is asked to.
import { freshProgress, numberLeaves } from '../use-cases/number-leaves.ts'
import { type LeasedLoopOptions, type Loop, startLeasedLoop } from './loop.ts'

const READ_ALL_EVERY_MS = 3_600_000

/** Runs under a lease: one replica of the fleet numbers. */
export function startSequencer(options: LeasedLoopOptions): Loop {
  let progress = freshProgress()
  let began = performance.now()
  let told: string[] = []
  return startLeasedLoop('sequencer', options, async () => {
    // Once an hour everything is read again: whatever was overlooked for a reason nobody thought of gets its number then.
    if (performance.now() - began > READ_ALL_EVERY_MS) {
      progress = freshProgress()
      began = performance.now()
    }
    const { stopped } = await numberLeaves(options.app, progress)
    const faults = stopped.map(({ log, fault }) =>
      [log, fault.kind, ...('leaf' in fault ? [fault.leaf] : [])].join(' '),
    )
    // An alarm once, not each second.
    for (const fault of faults.filter((one) => !told.includes(one)))
      options.log.error('a log is stopped', { stopped: fault })
    told = faults
  })
}
