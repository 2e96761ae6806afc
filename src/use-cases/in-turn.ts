// Work that takes milliseconds, in turns: between any two pieces of it the event loop goes round, and whoever votes comes first.

/**
 * Runs one piece in a turn of the event loop of its own, in the order in which they came; the next one begins when it is done, what it
 * waits for included. Rejects with what `work` throws.
 */
export type InTurn = <T>(work: () => T | Promise<T>) => Promise<T>

/** One line to stand in, for a whole program. */
export function inTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(() => new Promise<void>((go) => setImmediate(go))).then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}
