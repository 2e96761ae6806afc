// One call of the Bot API as JSON over a kept-alive connection, and its answer: nothing more is made for it than it needs.
import type { Dispatcher, Pool } from 'undici'

export interface Answer {
  status: number
  text: string
}

/** Posts JSON and resolves with the whole answer. Rejects what undici rejects, and what is not answered in time. */
export type Post = (path: string, body: string) => Promise<Answer>

interface Waiting {
  until: number
  late(): void
}

const HEADERS = { 'content-type': 'application/json' }
const SWEEP_MS = 1_000

/** `patienceMs`: how long a call may take, waiting for a connection included; one clock looks after all of them, once a second. */
export function poster(pool: Pool, patienceMs: number): Post {
  // They came in the order of their ends.
  const waiting = new Set<Waiting>()
  let clock: NodeJS.Timeout | undefined
  const sweep = (): void => {
    const now = performance.now()
    for (const one of waiting) {
      if (one.until > now) return
      waiting.delete(one)
      one.late()
    }
    clearInterval(clock)
    clock = undefined
  }
  return (path, body) =>
    new Promise((resolve, reject) => {
      const { handler, late } = reading(
        (answer) => {
          waiting.delete(own)
          resolve(answer)
        },
        (error) => {
          waiting.delete(own)
          reject(error)
        },
      )
      const own: Waiting = { until: performance.now() + patienceMs, late }
      waiting.add(own)
      clock ??= setInterval(sweep, SWEEP_MS).unref()
      pool.dispatch({ path, method: 'POST', headers: HEADERS, body }, handler)
    })
}

function reading(
  done: (answer: Answer) => void,
  fail: (error: Error) => void,
): { handler: Dispatcher.DispatchHandler; late: () => void } {
  const parts: Buffer[] = []
  let status = 0
  let at: Dispatcher.DispatchController | undefined
  let over: Error | undefined
  return {
    handler: {
      onRequestStart(controller) {
        at = controller
        // It waited so long for a connection that nobody waits for it any more.
        if (over) controller.abort(over)
      },
      onResponseStart(_, code) {
        status = code
      },
      onResponseData(_, part) {
        parts.push(part)
      },
      onResponseEnd() {
        const [first = Buffer.alloc(0)] = parts
        done({ status, text: (parts.length > 1 ? Buffer.concat(parts) : first).toString() })
      },
      onResponseError(_, error) {
        fail(error)
      },
    },
    late() {
      over = new Error('no answer in time')
      fail(over)
      at?.abort(over)
    },
  }
}
