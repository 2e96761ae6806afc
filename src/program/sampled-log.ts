// In an outage the same thing fails a thousand times: it is told once, and then how often.
import type { Facts, Log } from '../log.ts'

const EVERY_MS = 10_000

export interface SampledLog extends Log {
  /** Tells what was only counted so far. */
  flush(): void
}

interface Held {
  event: string
  facts: Facts
  more: number
  timer: NodeJS.Timeout
}

/**
 * Warnings that differ in numbers only are of one kind. The first of a kind is written at once; those of the next ten seconds are counted,
 * and the last of them is written with `more`: how many there were. Every other line is written as it comes.
 */
export function sampledLog(log: Log): SampledLog {
  const held = new Map<string, Held>()
  const hold = (kind: string, event: string): void => {
    const timer = setTimeout(() => {
      if (tell(kind)) hold(kind, event)
    }, EVERY_MS)
    held.set(kind, { event, facts: {}, more: 0, timer: timer.unref() })
  }
  const tell = (kind: string): boolean => {
    const one = held.get(kind)
    if (!one) return false
    held.delete(kind)
    clearTimeout(one.timer)
    if (one.more > 0) log.warn(one.event, { ...one.facts, more: one.more })
    return one.more > 0
  }
  return {
    info: (event, facts) => log.info(event, facts),
    error: (event, facts) => log.error(event, facts),
    warn: (event, facts = {}) => {
      const kind = kindOf(event, facts)
      const same = held.get(kind)
      if (!same) {
        log.warn(event, facts)
        return hold(kind, event)
      }
      same.more++
      same.facts = facts
    },
    flush: () => {
      for (const kind of held.keys()) tell(kind)
    },
  }
}

const kindOf = (event: string, facts: Facts): string =>
  JSON.stringify([event, ...Object.entries(facts).filter(([, value]) => typeof value !== 'number')])
