// The runner of a loop: a step every so often or when woken, never two at once; an error is logged and the loop goes on.
import { errorFacts, type Log } from '../log.ts'
import type { App } from '../use-cases/app.ts'
import { endLease, withLease } from '../use-cases/with-lease.ts'

export interface Loop {
  /** Something is there to do: the next step begins at once. */
  wake(): void
  /** Resolves when the step that is under way has ended. */
  stop(): Promise<void>
}

export interface LeasedLoopOptions {
  app: App
  log: Log
  /** Which process this is, unlike every other. */
  holder: string
  intervalMs: number
}

const LONGEST_PAUSE_MS = 30_000

/**
 * Runs `step`; true from it means that more is there, so the next one begins at once. After an error the pause doubles, up to
 * half a minute, and waking does not shorten it.
 */
export function startLoop(name: string, log: Log, intervalMs: number, step: () => Promise<boolean>): Loop {
  let stopped = false
  let woken = false
  let errors = 0
  let endPause = () => {}
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  /** Whether to go on without a pause. */
  const attempt = async (): Promise<boolean> => {
    woken = false
    try {
      const more = await step()
      errors = 0
      return more || woken
    } catch (error) {
      errors++
      log.error('a loop failed', { loop: name, failures: errors, ...errorFacts(error) })
      return false
    }
  }
  const run = async () => {
    while (!stopped) {
      const more = await attempt()
      if (stopped) return
      if (more) await new Promise((resolve) => setImmediate(resolve))
      else await pause(Math.min(intervalMs * 2 ** errors, Math.max(intervalMs, LONGEST_PAUSE_MS)))
    }
  }
  const ended = run()
  return {
    wake: () => {
      woken = true
      if (errors === 0) endPause()
    },
    stop: async () => {
      stopped = true
      endPause()
      await ended
    },
  }
}

/** The same under the lease `name`: once in the fleet. The lease outlasts three pauses and is given back at the stop. */
export function startLeasedLoop(
  name: string,
  { app, log, holder, intervalMs }: LeasedLoopOptions,
  step: () => Promise<void>,
): Loop {
  const seconds = Math.max(10, Math.ceil((intervalMs * 3) / 1000))
  const loop = startLoop(name, log, intervalMs, async () => {
    await withLease(app, { name, holder, seconds }, step)
    return false
  })
  return {
    wake: () => loop.wake(),
    stop: async () => {
      await loop.stop()
      await endLease(app, name, holder).catch((error: unknown) =>
        log.warn('a lease was not given back', { loop: name, ...errorFacts(error) }),
      )
    },
  }
}
