// Our own getUpdates loop: the next offset confirms only what is committed.
import type { Api } from 'grammy'
import { GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
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

/** A batch is waited for so long before the next is asked for: one update that hangs keeps nobody else waiting. Milliseconds. */
const BATCH_MS = 1_000

/**
 * Polls until stopped. Updates of a batch run together, each person's in order. The offset stands at the first update that is
 * not done; what failed is asked for again, what is still at work is left alone.
 */
export function startPolling(api: Api, pipeline: Pipeline, log: Log): Poller {
  const stopping = new AbortController()
  const line = openLine()
  const atWork = new Map<number, Promise<void>>()

  const take = (update: Update): void => {
    const id = update.update_id
    const work = pipeline.process(update).then(
      () => line.done(id),
      () => undefined,
    )
    atWork.set(
      id,
      work.then(() => void atWork.delete(id)),
    )
  }
  const loop = (async () => {
    let pause = 0
    while (!stopping.signal.aborted) {
      try {
        if (pause > 0) await sleep(pause, stopping.signal)
        const updates = await api.getUpdates(
          { offset: line.offset(), limit: 100, timeout: 30, allowed_updates: ALLOWED_UPDATES },
          asGrammySignal(stopping.signal),
        )
        const given = updates.map((update) => update.update_id)
        line.arrived(given, (id) => atWork.has(id))
        const fresh = updates.filter(({ update_id: id }) => line.isOpen(id) && !atWork.has(id))
        for (const update of fresh) take(update)
        await atMost(BATCH_MS, Promise.all(atWork.values()))
        const failed = fresh.some(({ update_id: id }) => line.isOpen(id) && !atWork.has(id))
        pause = failed ? Math.min(5_000, pause * 2 || 200) : 0
      } catch (error) {
        if (stopping.signal.aborted) break
        const conflict = error instanceof GrammyError && error.error_code === 409
        log.warn(conflict ? 'another poller is running' : 'polling failed', errorFacts(error))
        pause = Math.min(15_000, pause * 2 || 500)
      }
    }
    await Promise.all(atWork.values())
    const offset = line.offset()
    if (offset > 0) await api.getUpdates({ offset, limit: 1, timeout: 0 }).catch(() => undefined)
  })()
  return {
    async stop() {
      stopping.abort()
      await loop
    },
  }
}

/** grammY's types want the signal of its polyfill; it listens to ours as well. */
const asGrammySignal = (signal: AbortSignal): never => signal as never

/** Which updates are known and not done, and so how far Telegram may be told that we have them. */
function openLine() {
  const open = new Set<number>()
  const done = new Set<number>()
  let next = 0
  const offset = (): number => Math.min(next, ...open)
  return {
    offset,
    isOpen: (id: number) => open.has(id),
    /** What Telegram gave for `offset`. What failed and is not among it has lapsed there. */
    arrived(given: readonly number[], atWork: (id: number) => boolean): void {
      const last = Math.max(...given, 0)
      for (const id of open) {
        const lapsed = !given.includes(id) && !atWork(id) && (given.length < 100 || id < last)
        if (lapsed) open.delete(id)
      }
      for (const id of given) if (!done.has(id)) open.add(id)
      next = Math.max(next, last + (given.length > 0 ? 1 : 0))
    },
    done(id: number): void {
      open.delete(id)
      done.add(id)
      const from = offset()
      for (const old of done) if (old < from) done.delete(old)
    },
  }
}

/** Resolves when `work` does, or after `ms`. */
async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, ms)))])
  clearTimeout(timer)
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}
