// A crowd that arrives evenly, each with a few updates one after the other, and the Bot API that answers them: of each update it says how
// long the person waited for their screen. A process of its own.
import { connect, createServer, type Socket } from 'node:net'
import { isWhole, postHead, rawAnswer, takeRequest } from './raw-api.ts'

export interface Rush {
  ports: number[]
  secret: string
  /** The first comes at once, the last just before so many milliseconds are over. */
  overMs: number
  /** Between a screen and what the person does next. */
  thinkMs: number
  people: { account: number; bodies: string[] }[]
}
/** Milliseconds from a post to the screen; `errors`: updates that were refused, broke off or brought no screen. */
export interface Rushed {
  waits: number[]
  errors: number
}

/** As many as Telegram opens to a webhook. */
const CONNECTIONS = 100
const SILENT_MS = 30_000

/** Whoever waits for a screen, by account. */
const waiting = new Map<number, () => void>()

const api = createServer((socket) => {
  socket.setNoDelay(true).setEncoding('latin1')
  socket.on('error', () => {})
  let received = ''
  socket.on('data', (part: string) => {
    received += part
    let said = ''
    for (let taken = takeRequest(received); taken; taken = takeRequest(received)) {
      received = taken.rest
      said += rawAnswer(taken.method)
      if (!/Message/.test(taken.method)) continue
      const account = Number(/"chat_id":"?(\d+)/.exec(taken.body)?.[1])
      waiting.get(account)?.()
      waiting.delete(account)
    }
    if (said !== '') socket.write(said)
  })
})

/** Posts over connections that are kept; resolves with whether it was taken. */
function poster(port: number, secret: string): { post(body: string): Promise<boolean>; close(): void } {
  const head = postHead(secret)
  const free: Socket[] = []
  const all = new Set<Socket>()
  const queue: ((socket: Socket) => void)[] = []
  const release = (socket: Socket) => {
    const next = queue.shift()
    if (next) next(socket)
    else free.push(socket)
  }
  const opened = (): Promise<Socket> | Socket => {
    const one = free.pop()
    if (one) return one
    if (all.size >= CONNECTIONS) return new Promise((resolve) => queue.push(resolve))
    const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1')
    all.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => {
      all.delete(socket)
      const at = free.indexOf(socket)
      if (at >= 0) free.splice(at, 1)
    })
    return socket
  }
  return {
    async post(body) {
      const socket = await opened()
      return new Promise((resolve) => {
        let received = ''
        const end = (taken: boolean) => {
          socket.off('data', data).off('close', broken)
          if (!socket.destroyed) release(socket)
          resolve(taken)
        }
        const broken = () => end(false)
        const data = (part: string) => {
          received += part
          if (isWhole(received)) end(received.startsWith('HTTP/1.1 200'))
        }
        socket.on('data', data).on('close', broken)
        socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`)
      })
    },
    close: () => all.forEach((socket) => socket.destroy()),
  }
}

async function rush({ ports, secret, overMs, thinkMs, people }: Rush): Promise<Rushed> {
  const posters = ports.map((port) => poster(port, secret))
  const rushed: Rushed = { waits: [], errors: 0 }
  const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms))
  const walk = async ({ account, bodies }: Rush['people'][number], at: number): Promise<void> => {
    await pause((overMs * at) / people.length)
    for (const [step, body] of bodies.entries()) {
      if (step > 0) await pause(thinkMs)
      const began = performance.now()
      const screen = new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), SILENT_MS)
        waiting.set(account, () => {
          clearTimeout(timer)
          resolve(true)
        })
      })
      const taken = await posters[(at + step) % posters.length]?.post(body)
      if (taken && (await screen)) rushed.waits.push(performance.now() - began)
      else rushed.errors++
    }
  }
  await Promise.all(people.map(walk))
  for (const one of posters) one.close()
  return rushed
}

process.on('message', (told: Rush) => void rush(told).then((rushed) => process.send?.(rushed)))
process.on('disconnect', () => process.exit(0))
api.listen(0, '127.0.0.1', () => process.send?.({ port: (api.address() as { port: number }).port }))
