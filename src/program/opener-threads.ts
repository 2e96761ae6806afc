// Threads that open the boxes of a count, as many as there are cores. The program as it is built has what they run beside it.
import { availableParallelism } from 'node:os'
import type { BoxOpeners, OpenedBox, StartOpeners } from '../use-cases/open-box.ts'
import { blockOf } from './block.ts'
import type { OpenerPage, OpenerTerms } from './opener-thread.ts'
import { startThread } from './thread.ts'

/** A thread takes a tenth of a second to start, as long as this one needs for so many boxes. */
const FROM = 2_000
const PAGES_AHEAD = 2
/** A page is soon forgotten: without these a thread takes a hundred megabytes before it cleans up. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 96 }

/** `path`: the built file of the thread. `from`: fewer boxes are opened where they are. */
export const openerThreads =
  (path: string, { from = FROM, threads = availableParallelism() } = {}): StartOpeners =>
  (terms, count) =>
    count < from || threads < 2 ? undefined : startThreads(path, terms, threads)

function startThreads(path: string, terms: OpenerTerms, count: number): BoxOpeners {
  const threads = Array.from({ length: count }, () =>
    startThread<OpenerTerms, OpenerPage, OpenedBox[]>(path, terms, LIMITS),
  )
  let next = 0
  return {
    atOnce: count * PAGES_AHEAD,
    open: (all) => {
      const one = threads[next++ % count]
      if (!one) throw new Error('there is no thread')
      const boxes = blockOf(all.map(({ box }) => box))
      const bodies = blockOf(all.map(({ body }) => body))
      return one.ask({ what: { boxes, bodies }, over: [boxes.bytes.buffer, bodies.bytes.buffer] })
    },
    end: async () => void (await Promise.all(threads.map((one) => one.end()))),
  }
}
