// Our own getUpdates loop: the next offset confirms only what is committed.
import type { Api } from 'grammy'
import { GrammyError } from 'grammy'
import type { Log } from '../log.ts'
import { errorFacts } from '../log.ts'
import type { Pipeline } from './updates.ts'

/** The kinds of updates we use; always told, or the previous setting sticks. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'inline_query',
  'my_chat_member',
] as const

export interface Poller {
  stop(): Promise<void>
}

/** Polls until stopped. Updates of a batch run together, each person's in order; what failed is asked for again. */
export function startPolling(api: Api, pipeline: Pipeline, log: Log): Poller {
  const stopping = new AbortController()
  const loop = (async () => {
    let offset = 0
    let pause = 0
    while (!stopping.signal.aborted) {
      try {
        if (pause > 0) await sleep(pause, stopping.signal)
        const updates = await api.getUpdates(
          { offset, limit: 100, timeout: 30, allowed_updates: ALLOWED_UPDATES },
          stopping.signal as never,
        )
        const outcomes = await Promise.allSettled(updates.map((update) => pipeline.process(update)))
        const failed = updates.filter((_, at) => outcomes[at]?.status === 'rejected')
        const last = updates.at(-1)
        if (failed[0]) offset = failed[0].update_id
        else if (last) offset = last.update_id + 1
        pause = failed.length > 0 ? Math.min(5_000, pause * 2 || 200) : 0
      } catch (error) {
        if (stopping.signal.aborted) break
        const conflict = error instanceof GrammyError && error.error_code === 409
        log.warn(conflict ? 'another poller is running' : 'polling failed', errorFacts(error))
        pause = Math.min(15_000, pause * 2 || 500)
      }
    }
    if (offset > 0) await api.getUpdates({ offset, limit: 1, timeout: 0 }).catch(() => undefined)
  })()
  return {
    async stop() {
      stopping.abort()
      await loop
    },
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
