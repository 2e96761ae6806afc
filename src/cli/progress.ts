// A line on stderr while a long computation holds the main thread: a second thread writes it.
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

/** Runs `work`; each time it has lasted `after` milliseconds more, `line` and the seconds are written to `fd`. */
export async function withProgress<R>(
  line: string,
  work: () => R | Promise<R>,
  { after = 2000, fd = 2 }: { after?: number; fd?: number } = {},
): Promise<R> {
  const clock = new Worker(TICK, { eval: true, workerData: { line, after, fd } })
  clock.on('error', () => {})
  try {
    return await work()
  } finally {
    await clock.terminate()
  }
}
