// Deadlines of many questions by one timer: most are answered long before theirs, and then cost no timer of their own.

interface Waiting {
  /** A moment of `performance.now()`. */
  readonly until: number
  readonly reject: (error: Error) => void
}

/** The value of `work`, or an error once it is `until`, a moment of `performance.now()`; a value that comes later goes to `late`. */
export type Within = <T>(work: Promise<T>, until: number, late?: (value: T) => void) => Promise<T>

/** Nobody's deadline is held more exactly than this. */
const LOOK_MS = 20

export function deadlines(): Within {
  const waiting = new Set<Waiting>()
  let timer: NodeJS.Timeout | undefined
  let due = Number.POSITIVE_INFINITY

  const look = (): void => {
    due = Number.POSITIVE_INFINITY
    const now = performance.now()
    let next = Number.POSITIVE_INFINITY
    for (const one of waiting) {
      if (one.until > now) next = Math.min(next, one.until)
      else if (waiting.delete(one)) one.reject(new Error('no answer in time'))
    }
    if (waiting.size > 0) lookAt(next)
  }
  // After a stall of our own event loop the answers lie unread: setImmediate lets them be read first.
  const lookAt = (moment: number): void => {
    clearTimeout(timer)
    due = moment
    timer = setTimeout(() => setImmediate(look), Math.max(LOOK_MS, moment - performance.now()))
    // What waits for an answer has its connection, which keeps the program alive.
    timer.unref()
  }

  return <T>(work: Promise<T>, until: number, late?: (value: T) => void) =>
    new Promise<T>((resolve, reject) => {
      const one: Waiting = { until, reject }
      waiting.add(one)
      if (until < due) lookAt(until)
      work.then(
        (value) => (waiting.delete(one) ? resolve(value) : late?.(value)),
        (error: unknown) => {
          waiting.delete(one)
          reject(error instanceof Error ? error : new Error('unknown'))
        },
      )
    })
}
