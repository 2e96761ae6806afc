// The runner of a loop: a step every so often, never two at once; an error is logged and the loop goes on.
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises'
import { errorFacts, type Log } from '../log.ts'
import type { App } from '../use-cases/app.ts'
import { endLease, withLease } from '../use-cases/with-lease.ts'

export interface Loop {
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
 * half a minute.
 */
export function startLoop(name: string, log: Log, intervalMs: number, step: () => Promise<boolean>): Loop {
  const stopping = new AbortController()
  const { signal } = stopping
  let errors = 0
  /** Whether to go on without a pause. */
  const attempt = async (): Promise<boolean> => {
    try {
      const more = await step()
      errors = 0
      return more
    } catch (error) {
      errors++
      log.warn('a loop failed', { loop: name, failures: errors, ...errorFacts(error) })
      return false
    }
  }
  const run = async () => {
    while (!signal.aborted) {
      const more = await attempt()
      const ms = Math.min(intervalMs * 2 ** errors, Math.max(intervalMs, LONGEST_PAUSE_MS))
      if (more) await turn()
      else await pause(ms, undefined, { signal }).catch(() => undefined) // rejects at the stop only
    }
  }
  const ended = run()
  return {
    stop: async () => {
      stopping.abort()
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
    stop: async () => {
      await loop.stop()
      await endLease(app, name, holder).catch((error: unknown) =>
        log.warn('a lease was not given back', { loop: name, ...errorFacts(error) }),
      )
    },
  }
}
