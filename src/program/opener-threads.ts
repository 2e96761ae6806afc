// Threads that open the boxes of a count, as many as there are cores. The program as it is built has what they run beside it.
import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { BoxOpeners, OpenedBox, StartOpeners } from '../use-cases/open-box.ts'
import type { OpenerAnswer, OpenerPage, OpenerTerms } from './opener-thread.ts'

/** A thread takes a tenth of a second to start, as long as this one needs for so many boxes. */
const FROM = 2_000
const PAGES_AHEAD = 2
/** A page is soon forgotten: without these a thread takes a hundred megabytes before it cleans up. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 96 }
const RUN = `import(require('node:worker_threads').workerData.path).then(({ serveOpener }) => serveOpener())`

/** `path`: the built file of the thread. `from`: fewer boxes are opened where they are. */
export const openerThreads =
  (path: string, { from = FROM, threads = availableParallelism() } = {}): StartOpeners =>
  (terms, count) =>
    count < from || threads < 2 ? undefined : startThreads(path, terms, threads)

function startThreads(path: string, terms: OpenerTerms, count: number): BoxOpeners {
  const threads = Array.from({ length: count }, () => thread(path, terms))
  let next = 0
  return {
    atOnce: count * PAGES_AHEAD,
    open: (boxes) => {
      const one = threads[next++ % count]
      if (!one) throw new Error('there is no thread')
      return one.open(pageOf(boxes))
    },
    end: async () => void (await Promise.all(threads.map((one) => one.end()))),
  }
}

/** Pages are answered in the order in which they were sent. */
function thread(path: string, terms: OpenerTerms) {
  const worker = new Worker(RUN, {
    eval: true,
    workerData: { ...terms, path: pathToFileURL(path).href },
    resourceLimits: LIMITS,
  })
  const waiting: { done: (opened: OpenedBox[]) => void; fail: (error: Error) => void }[] = []
  const failAll = (error: Error) => waiting.splice(0).forEach((one) => one.fail(error))
  let ended: Error | undefined
  worker.on('message', (answer: OpenerAnswer) => {
    const first = waiting.shift()
    if ('failed' in answer) first?.fail(new Error(answer.failed))
    else first?.done(answer.opened)
  })
  const over = (error: Error) => {
    ended = error
    failAll(error)
  }
  worker.on('error', over)
  worker.on('exit', () => over(ended ?? new Error('a thread that opens boxes ended')))
  return {
    open: (page: OpenerPage) =>
      new Promise<OpenedBox[]>((done, fail) => {
        if (ended) return fail(ended)
        waiting.push({ done, fail })
        worker.postMessage(page, [page.boxes.buffer, page.bodies.buffer] as ArrayBuffer[])
      }),
    end: () => worker.terminate(),
  }
}

/** Copied into two blocks that are handed over: a small piece would take the whole page of the driver's buffer along. */
function pageOf(all: Parameters<BoxOpeners['open']>[0]): OpenerPage {
  const boxes = joined(all.map(({ box }) => box))
  const bodies = joined(all.map(({ body }) => body))
  return { boxes: boxes.bytes, boxEnds: boxes.ends, bodies: bodies.bytes, bodyEnds: bodies.ends }
}

function joined(parts: readonly Uint8Array[]): { bytes: Uint8Array; ends: number[] } {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  const ends = parts.map((part) => {
    bytes.set(part, end)
    end += part.length
    return end
  })
  return { bytes, ends }
}
