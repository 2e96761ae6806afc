// A loop: one step again and again until it is stopped; an error is logged, and the next step waits longer.
import { errorFacts, type Log } from '../log.ts'

export interface Loop {
  /** Does the next step at once. */
  wake(): void
  /** Resolves when the step at work has ended. */
  stop(): Promise<void>
}

const LONGEST_PAUSE = 30_000

/** `step` returns true when there is more to do at once. */
export function startLoop(name: string, log: Log, intervalMs: number, step: () => Promise<boolean>): Loop {
  let stopped = false
  let failures = 0
  let wake = () => {}
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const work = (async () => {
    while (!stopped) {
      const more = await step().then(
        (again) => {
          failures = 0
          return again
        },
        (error: unknown) => {
          failures += 1
          log.warn('loop failed', { loop: name, ...errorFacts(error) })
          return false
        },
      )
      if (!more && !stopped) await pause(Math.min(LONGEST_PAUSE, intervalMs * 2 ** Math.min(failures, 10)))
    }
  })()
  return {
    wake: () => wake(),
    async stop() {
      stopped = true
      wake()
      await work
    },
  }
}
