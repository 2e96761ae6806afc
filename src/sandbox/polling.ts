// getUpdates: long polling with Telegram's offsets and conflicts.
import type { Checked } from './answer.ts'
import { done, refuse } from './answer.ts'
import type { Call } from './methods/call.ts'
import { int, json } from './params.ts'
import type { World } from './state.ts'
import type { Update } from './updates.ts'
import { acknowledge, dropIfExpired, rememberAllowed } from './updates.ts'

/** The result of getUpdates, already written as JSON. */
export interface RawJson {
  rawJson: string
}
type Answered = Checked<RawJson>
interface Waiter {
  offset: number
  limit: number
  answer: (answered: Answered) => void
}
export interface Polling {
  getUpdates(call: Call): Answered | Promise<Answered>
  /** Ends a poll that waits (409), as setWebhook does. */
  interrupt(description: string): void
  /** Looks again, after updates were held back. */
  wake(): void
  close(): void
}

const maxBytes = 4 << 20
// An offset further ahead is of another queue: Telegram answers from the oldest instead.
const farthestAhead = 10

/** Long polling over the world's queue; `webhookActive` says whether a webhook stands in the way. */
export function startPolling(w: World, webhookActive: () => boolean): Polling {
  const queue = w.updates
  let waiter: Waiter | undefined
  let again: { update: Update; left: number }[] = []
  let scheduled = false
  const repeated = new Set<number>()

  function collect(offset: number, limit: number): Update[] {
    if (w.delivery.hold) return []
    const batch = again.map((entry) => entry.update)
    again = again.filter((entry) => --entry.left > 0)
    const now = w.clock.now()
    let bytes = 0
    for (const update of queue.pending.values()) {
      if (batch.length >= limit || bytes > maxBytes) break
      if (update.id < offset || dropIfExpired(queue, update, now)) continue
      batch.push(update)
      bytes += update.body.length
      if (w.delivery.duplicate > 0 && !repeated.has(update.id)) {
        repeated.add(update.id)
        again.push({ update, left: w.delivery.duplicate })
      }
    }
    queue.delivered += batch.length
    return w.delivery.reorder ? batch.reverse() : batch
  }
  const written = (batch: Update[]): Answered => done({ rawJson: `[${batch.map((u) => u.body).join(',')}]` })

  function look(): void {
    scheduled = false
    if (!waiter) return
    const batch = collect(waiter.offset, waiter.limit)
    if (batch.length > 0) waiter.answer(written(batch))
  }
  // Updates of one moment leave in one batch.
  function wake(): void {
    if (!waiter || scheduled) return
    scheduled = true
    setImmediate(look)
  }
  queue.listeners.push(wake)

  function interrupt(description: string): void {
    waiter?.answer(refuse(409, `Conflict: ${description}`))
  }

  function getUpdates({ params, onClose }: Call): Answered | Promise<Answered> {
    if (webhookActive())
      return refuse(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      )
    rememberAllowed(queue, json(params, 'allowed_updates'))
    let offset = int(params, 'offset') ?? 0
    const limit = Math.min(100, Math.max(1, int(params, 'limit') ?? 100))
    const timeout = Math.min(50, Math.max(0, int(params, 'timeout') ?? 0))
    // A negative offset counts from the end and forgets what is before.
    if (offset < 0) offset = [...queue.pending.keys()].at(offset) ?? 0
    if (offset > queue.next + farthestAhead) offset = 0
    for (const id of queue.pending.keys()) {
      if (id >= offset) break
      acknowledge(queue, id)
      repeated.delete(id)
    }
    const batch = collect(offset, limit)
    if (batch.length > 0 || timeout === 0) return written(batch)
    interrupt('terminated by other getUpdates request; make sure that only one bot instance is running')
    return new Promise((resolve) => {
      const answer = (answered: Answered) => {
        if (waiter === mine) waiter = undefined
        clearTimeout(timer)
        resolve(answered)
      }
      const mine: Waiter = { offset, limit, answer }
      const timer = setTimeout(() => answer(written([])), timeout * 1000)
      waiter = mine
      onClose(() => answer(written([])))
    })
  }

  return { getUpdates, interrupt, wake, close: () => waiter?.answer(written([])) }
}
