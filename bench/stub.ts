// A Bot API server that answers at once and knows nothing: what a Send costs must not be what a sandbox costs. A process of its own.
import { createServer } from 'node:net'

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

const ME = { id: 1, is_bot: true, first_name: 'Stub', username: 'stub_bot', can_join_groups: true }
const CHAT = { id: 100, type: 'private', first_name: 'Voter' }
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: '

let delay = 0
let lastMessage = 1_000
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
  return JSON.stringify({ ok: true, result: resultOf(method) })
}

function resultOf(method: string): unknown {
  switch (method) {
    case 'getMe':
      return ME
    case 'sendMessage':
      return { message_id: ++lastMessage, date: 1_700_000_000, chat: CHAT, from: ME, text: 'a message' }
    case 'editMessageText':
      return { message_id: 77, date: 1_700_000_000, chat: CHAT, from: ME, text: 'a message' }
    default:
      return true
  }
}

/** Takes the first request off what was received; undefined while it is not whole. */
function takeRequest(received: string): { method: string; rest: string } | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = received.slice(0, end)
  const method = /^\S+ [^ ]*\/(\w+)/.exec(head)?.[1] ?? ''
  const length = /^content-length: *(\d+)/im.exec(head)?.[1]
  if (length !== undefined) {
    const whole = end + 4 + Number(length)
    return received.length < whole ? undefined : { method, rest: received.slice(whole) }
  }
  if (!/^transfer-encoding: *chunked/im.test(head)) return { method, rest: received.slice(end + 4) }
  const last = received.indexOf('0\r\n\r\n', end + 2)
  return last < 0 ? undefined : { method, rest: received.slice(last + 5) }
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
      const body = answer(taken.method)
      said += `${HEAD}${Buffer.byteLength(body)}\r\n\r\n${body}`
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
