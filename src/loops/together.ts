// Notes what became of things as they come, several in one statement: whoever comes while a note is written goes with the next.

/** `note`: writes all at once. Each call resolves once its own is written, and rejects with what its note threw. */
export function notedTogether<T>(note: (all: readonly T[]) => Promise<void>): (one: T) => Promise<void> {
  let waiting: T[] = []
  let next: Promise<void> | undefined
  let last: Promise<unknown> = Promise.resolve()
  return (one) => {
    waiting.push(one)
    next ??= last.then(() => {
      const all = waiting
      waiting = []
      next = undefined
      const written = note(all)
      last = written.catch(() => undefined)
      return written
    })
    return next
  }
}
