// A thread of our own beside the program: it is told its terms with its start, then questions, each answered in turn.
import { pathToFileURL } from 'node:url'
import {
  parentPort,
  type ResourceLimits,
  type TransferListItem,
  Worker,
  workerData,
} from 'node:worker_threads'

/** What goes through the wall, and the blocks of it that are handed over instead of copied. */
export interface Handed<T> {
  what: T
  over: TransferListItem[]
}

/** `ask` fails where the thread cannot go on, and from then on always. */
export interface Thread<Q, A> {
  ask: (question: Handed<Q>) => Promise<A>
  end: () => Promise<unknown>
}

type Answer<A> = { answer: A } | { failed: string }

const RUN = `import(require('node:worker_threads').workerData.path).then(({ serve }) => serve())`

/** `path`: a built file that exports `serve`, which calls `answerEach`. It keeps the program from ending only while an answer is waited for. */
export function startThread<T, Q, A>(path: string, terms: T, resourceLimits: ResourceLimits): Thread<Q, A> {
  const worker = new Worker(RUN, {
    eval: true,
    workerData: { terms, path: pathToFileURL(path).href },
    resourceLimits,
  })
  const waiting: { done: (answer: A) => void; fail: (error: Error) => void }[] = []
  let ended: Error | undefined
  const over = (error: Error) => {
    ended ??= error
    for (const { fail } of waiting.splice(0)) fail(ended)
  }
  worker.on('message', (said: Answer<A>) => {
    const first = waiting.shift()
    if ('failed' in said) first?.fail(new Error(said.failed))
    else first?.done(said.answer)
    if (waiting.length === 0) worker.unref()
  })
  worker.on('error', over)
  worker.on('exit', () => over(new Error('a thread of the program ended')))
  worker.unref()
  return {
    ask: ({ what, over: moved }) =>
      new Promise<A>((done, fail) => {
        if (ended) return fail(ended)
        waiting.push({ done, fail })
        worker.ref()
        worker.postMessage(what, moved)
      }),
    end: () => worker.terminate(),
  }
}

/** Inside a thread: what it was told with its start. */
export const termsOfThread = <T>(): T => (workerData as { terms: T }).terms

/** Inside a thread: answers questions in turn until it is ended. */
export function answerEach<Q, A>(answer: (question: Q) => Handed<A>): void {
  parentPort?.on('message', (question: Q) => {
    try {
      const { what, over } = answer(question)
      parentPort?.postMessage({ answer: what } satisfies Answer<A>, over)
    } catch (error) {
      const failed = error instanceof Error ? error.message : 'failed'
      parentPort?.postMessage({ failed } satisfies Answer<A>)
    }
  })
}
