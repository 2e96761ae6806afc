// The places of one replica: a message that is claimed takes one, and gives it back when what came of it is noted.
import { setTimeout as sleep } from 'node:timers/promises'
import { errorFacts, type Log } from '../log.ts'
import type { App } from '../use-cases/app.ts'
import {
  claimMessages,
  heedOutcomes,
  MOST_AT_ONCE,
  type Message,
  noteDeliveries,
  type Outcome,
} from '../use-cases/deliver.ts'
import { notedTogether } from './together.ts'

export interface Places {
  /** How many more may be claimed. */
  free(): number
  /** Resolves when one is free. */
  one(): Promise<void>
  /** Resolves when a third of them are, or one is and `ms` are over. */
  some(ms: number): Promise<void>
  /** From here on until `close` what came of messages is noted by the next claim, in one statement with it. */
  open(): void
  /** What waits to be noted is noted now, and whatever comes later as it comes. */
  close(): void
  /** Claims up to `most`, and no more than are free. `found`: how many were due. */
  claim(kinds: readonly string[], most: number): Promise<{ found: number; messages: Message[] }>
  /** Notes what came of a message and gives its place back. */
  came(outcome: Outcome): void
  /** Gives a place back of which there is nothing to note. */
  left(): void
  /** Resolves when all are free, and everything is noted. */
  all(): Promise<void>
}

export function placesOf({ app, log }: { app: App; log: Log }, count: number): Places {
  let taken = 0
  let waiting: Outcome[] = []
  let isOpen = false
  let wanted: { free: number; give: () => void }[] = []
  const alone = notedTogether((all: readonly Outcome[]) => noteDeliveries(app, all))
  const heeding = new Set<Promise<void>>()

  const free = () => count - taken + waiting.length
  const changed = () => {
    const now = free()
    if (!wanted.some((one) => one.free <= now)) return
    for (const one of wanted) if (one.free <= now) one.give()
    wanted = wanted.filter((one) => one.free > now)
  }
  const until = (least: number): Promise<void> =>
    free() >= least
      ? Promise.resolve()
      : new Promise((give) => {
          wanted.push({ free: least, give })
        })
  const left = () => {
    taken -= 1
    changed()
  }
  const unnoted = (all: readonly Outcome[]) => (error: unknown) => {
    for (const { message } of all)
      log.warn('a delivery was not noted', { delivery: message.id, ...errorFacts(error) })
  }
  const note = (outcome: Outcome): void =>
    void alone(outcome)
      .catch(unnoted([outcome]))
      .finally(left)
  const heed = (all: readonly Outcome[]): void => {
    const heeded = heedOutcomes(app, all)
      .catch(unnoted(all))
      .finally(() => heeding.delete(heeded))
    heeding.add(heeded)
  }

  return {
    free,
    one: () => until(1),
    async some(ms) {
      await until(1)
      const third = Math.ceil(count / 3)
      if (free() < third) await Promise.race([until(third), sleep(ms)])
    },
    open() {
      isOpen = true
    },
    close() {
      isOpen = false
      for (const outcome of waiting.splice(0)) note(outcome)
    },
    async claim(kinds, most) {
      const noted = waiting
      waiting = []
      // Of those that another claim is after just now none are taken twice.
      const places = Math.max(0, Math.min(most, MOST_AT_ONCE, count - taken + noted.length))
      taken += places - noted.length
      try {
        const claimed = await claimMessages(app, kinds, places, noted)
        taken -= places - claimed.messages.length
        heed(noted)
        return claimed
      } catch (error) {
        taken -= places - noted.length
        waiting.unshift(...noted)
        throw error
      } finally {
        changed()
      }
    },
    came(outcome) {
      if (!isOpen) return note(outcome)
      waiting.push(outcome)
      changed()
    },
    left,
    async all() {
      await until(count)
      await Promise.all(heeding)
    },
  }
}
