// Posts updates to a webhook, so many at once, and says how long each waited for its 200. A process of its own.
import { connect } from 'node:net'
import { isWhole, postHead } from './raw-api.ts'

export interface Loading {
  port: number
  secret: string
  atOnce: number
  bodies: string[]
}
/**
 * Milliseconds from a post to its answer; `refused`: answers that were not 200, and connections that broke; `carried`: answers to a press
 * within a 200; `ended`: when the last answer came, on the clock of `performance.timeOrigin`.
 */
export interface Loaded {
  waits: number[]
  refused: number
  carried: number
  ended: number
}

function post({ port, secret, atOnce, bodies }: Loading): Promise<Loaded> {
  const head = postHead(secret)
  const waits: number[] = []
  let [next, refused, carried] = [0, 0, 0]
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
        if (received.includes('"method":"answerCallbackQuery"')) carried++
        received = ''
        waits.push(performance.now() - began)
        send()
      })
    })
  return Promise.all(Array.from({ length: atOnce }, worker)).then(() => ({
    waits,
    refused,
    carried,
    ended: performance.timeOrigin + performance.now(),
  }))
}

process.on('message', (loading: Loading) => void post(loading).then((loaded) => process.send?.(loaded)))
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
