// A line on stderr while a long computation holds the main thread: a second thread writes it.
import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

const TICK = `
const { writeSync } = require('node:fs')
const { workerData: { line, after, fd } } = require('node:worker_threads')
let seconds = 0
setInterval(() => {
  seconds += after / 1000
  writeSync(fd, line + ' ' + Math.round(seconds) + ' s\\n')
}, after)
`

/** So long a file is read before the second thread is worth its start, in milliseconds. */
const SOON = 500

/**
 * Runs `work`; each time it has lasted `after` milliseconds more, `line` and the seconds are written to `fd`. A second thread costs
 * more than a short count: it starts when `work` takes a while, or says before it holds the main thread that it may last.
 */
export async function withProgress<R>(
  line: string,
  work: (mayLast: () => void) => R | Promise<R>,
  { after = 2000, fd = 2 }: { after?: number; fd?: number } = {},
): Promise<R> {
  let clock: Worker | undefined
  const mayLast = () => {
    clock ??= new Worker(TICK, { eval: true, workerData: { line, after, fd } }).on('error', () => {})
  }
  const soon = setTimeout(mayLast, SOON)
  try {
    return await work(mayLast)
  } finally {
    clearTimeout(soon)
    await clock?.terminate()
  }
}

/** The same of work that leaves the main thread free and says how far it is: a line to `fd`, at most every `after` milliseconds. */
export function nowAndThen({
  after = 2000,
  fd = 2,
}: {
  after?: number
  fd?: number
} = {}): (line: () => string) => void {
  let last = performance.now()
  return (line) => {
    if (performance.now() - last < after) return
    last = performance.now()
    writeSync(fd, `${line()}\n`)
  }
}
