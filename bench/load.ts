// Posts updates to a webhook, so many at once, and says how long each waited for its 200. A process of its own.
import { connect } from 'node:net'

export interface Loading {
  port: number
  secret: string
  atOnce: number
  bodies: string[]
}
/** Milliseconds from a post to its answer; `refused`: answers that were not 200, and connections that broke. */
export interface Loaded {
  waits: number[]
  refused: number
}

function post({ port, secret, atOnce, bodies }: Loading): Promise<Loaded> {
  const head =
    `POST /telegram HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
    `X-Telegram-Bot-Api-Secret-Token: ${secret}\r\nContent-Length: `
  const waits: number[] = []
  let [next, refused] = [0, 0]
  const worker = () =>
    new Promise<void>((done) => {
      const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1')
      let [began, received] = [0, '']
      const send = () => {
        const body = bodies[next++]
        if (body === undefined) {
          socket.destroy()
          return done()
        }
        began = performance.now()
        socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`)
      }
      socket.on('connect', send)
      socket.on('error', () => {
        refused++
        done()
      })
      socket.on('data', (part: string) => {
        received += part
        if (!isWhole(received)) return
        if (!received.startsWith('HTTP/1.1 200')) refused++
        received = ''
        waits.push(performance.now() - began)
        send()
      })
    })
  return Promise.all(Array.from({ length: atOnce }, worker)).then(() => ({ waits, refused }))
}

function isWhole(received: string): boolean {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /^content-length: *(\d+)/im.exec(received.slice(0, end))?.[1]
  if (length !== undefined) return received.length >= end + 4 + Number(length)
  return received.endsWith('0\r\n\r\n')
}

process.on('message', (loading: Loading) => void post(loading).then((loaded) => process.send?.(loaded)))
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
