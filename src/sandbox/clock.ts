// The server's clock: real time plus what the tests have advanced it by.

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Whole seconds since 1970, as Telegram dates. */
  seconds(): number
  advance(ms: number): void
  onAdvance(listener: () => void): void
}

/** A clock that starts at the real time and only ever moves forward. */
export function startClock(): Clock {
  let ahead = 0
  const listeners: (() => void)[] = []
  const now = () => Date.now() + ahead
  return {
    now,
    seconds: () => Math.floor(now() / 1000),
    advance(ms) {
      ahead += Math.max(0, ms)
      for (const listener of listeners) listener()
    },
    onAdvance: (listener) => void listeners.push(listener),
  }
}
