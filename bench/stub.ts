// A Bot API server that answers at once and knows nothing: what a Send costs must not be what a sandbox costs. A process of its own.
import { createServer } from 'node:net'
import { rawAnswer, takeRequest } from './raw-api.ts'

/**
 * `wait`: tell when so many calls of each method have come. `delay`: milliseconds before each answer from now on. `watch`: tell of each
 * call of this method.
 */
export type ToStub = { wait: Record<string, number> } | { delay: number } | { watch: string }
/** `began`: the first call since `wait`; that, `reached` and `called` in milliseconds of one clock. */
export type FromStub =
  | { port: number }
  | { began: number; reached: number; calls: Record<string, number> }
  | { delay: number }
  | { called: number }

let delay = 0
let wanted: Record<string, number> | undefined
let calls: Record<string, number> = {}
let began: number | undefined
let watched: string | undefined
const now = () => performance.timeOrigin + performance.now()
const tell = (what: FromStub) => process.send?.(what)

function answer(method: string): string {
  calls[method] = (calls[method] ?? 0) + 1
  began ??= now()
  if (method === watched) setImmediate(() => tell({ called: now() }))
  if (wanted && Object.entries(wanted).every(([name, count]) => (calls[name] ?? 0) >= count)) {
    wanted = undefined
    // After this answer is on its way.
    const first = began
    setImmediate(() => tell({ began: first, reached: now(), calls }))
  }
  return rawAnswer(method)
}

const server = createServer((socket) => {
  socket.setNoDelay(true).setEncoding('latin1')
  socket.on('error', () => {})
  let received = ''
  socket.on('data', (part: string) => {
    received += part
    let said = ''
    for (let taken = takeRequest(received); taken; taken = takeRequest(received)) {
      received = taken.rest
      said += answer(taken.method)
    }
    if (said === '') return
    if (delay > 0) setTimeout(() => socket.write(said), delay)
    else socket.write(said)
  })
})
process.on('message', (told: ToStub) => {
  if ('delay' in told) {
    delay = told.delay
    tell({ delay })
  } else if ('watch' in told) watched = told.watch
  else {
    calls = {}
    began = undefined
    wanted = told.wait
  }
})
process.on('disconnect', () => process.exit(0))
server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as { port: number }).port }))
