// The lean way to Telegram in front of a server that closes, cuts, resets, answers slowly or not at all: every call ends, and what must not be said twice is not.
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Pool } from 'undici'
import { type Client, createClient } from '../../src/bot/api.ts'
import { poster } from '../../src/bot/post.ts'
import { createMetrics } from '../../src/metrics.ts'
import { memorySession } from '../../src/session/memory.ts'

type Answers = (socket: Socket, nth: number) => void

let server: Server
let client: Client
/** Methods as they arrived. */
let heard: string[]
let sockets: Set<Socket>
let answers: Answers

const MESSAGE = JSON.stringify({ ok: true, result: { message_id: 5, text: 'Сәлем, ауыл!' } })
const http = (body: string, status = '200 OK', length = Buffer.byteLength(body)): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`
const well: Answers = (socket) => void socket.write(http(MESSAGE))
const port = () => (server.address() as AddressInfo).port

beforeEach(async () => {
  heard = []
  sockets = new Set()
  answers = well
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    let said = ''
    socket.on('data', (part) => {
      said += part.toString()
      const length = Number(/content-length: (\d+)/.exec(said)?.[1] ?? 0)
      const head = said.indexOf('\r\n\r\n')
      if (head < 0 || Buffer.byteLength(said.slice(head + 4)) < length) return
      heard.push(/^POST \/bot1:x\/(\w+) /.exec(said)?.[1] ?? said)
      said = ''
      answers(socket, heard.length)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  client = createClient('1:x', `http://127.0.0.1:${port()}`, memorySession(), createMetrics(false))
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  server.close()
  await client.close()
})

const sends = () => client.api.sendMessage(7, 'Сәлем')
const edits = () => client.api.editMessageText(7, 5, 'Сәлем')

test('a connection that was closed while it was idle costs nothing', async () => {
  for (let n = 1; n <= 5; n++) {
    await sends()
    const [socket] = sockets
    if (!socket) throw new Error('no connection')
    socket.end()
    await once(socket, 'close')
  }
  expect(heard).toHaveLength(5)
})

test('an answer in small pieces, with letters cut in two, is whole', async () => {
  answers = (socket) => {
    const bytes = [...Buffer.from(http(MESSAGE))]
    socket.setNoDelay(true)
    const next = (): void => {
      const piece = bytes.splice(0, 7)
      if (piece.length > 0) socket.write(Buffer.from(piece), () => setImmediate(next))
    }
    next()
  }
  expect(await sends()).toMatchObject({ text: 'Сәлем, ауыл!' })
})

test.each<[string, Answers]>([
  ['cut short', (socket) => socket.end(http(MESSAGE.slice(0, 20), '200 OK', MESSAGE.length))],
  ['nothing but the end of the connection', (socket) => socket.end()],
  ['a reset', (socket) => socket.resetAndDestroy()],
  ['no HTTP', (socket) => socket.end('hello\r\n\r\n')],
])('where the answer is %s a message is not sent again, and an edit is', async (_, broken) => {
  answers = (socket, nth) => (nth <= 2 ? broken : well)(socket, nth)
  await expect(sends()).rejects.toThrow("Network request for 'sendMessage' failed!")
  expect(heard).toEqual(['sendMessage'])
  await edits()
  expect(heard).toEqual(['sendMessage', 'editMessageText', 'editMessageText'])
})

test('a page of an error is repeated for an edit, and is a refusal of a message', async () => {
  answers = (socket, nth) => {
    if (nth === 3) well(socket, nth)
    else socket.write(http('<html>Bad Gateway</html>', '502 Bad Gateway'))
  }
  await expect(sends()).rejects.toMatchObject({ error_code: 502 })
  await edits()
  expect(heard).toEqual(['sendMessage', 'editMessageText', 'editMessageText'])
})

test('a message that never left is sent once somebody listens', async () => {
  const was = port()
  server.close()
  await once(server, 'close')
  const sent = sends()
  server.listen(was, '127.0.0.1')
  expect(await sent).toMatchObject({ message_id: 5 })
  expect(heard).toHaveLength(1)
})

test('no answer ends in time, and who waited for a connection until then is not heard later', async () => {
  const held: Socket[] = []
  answers = (socket, nth) => void (nth === 1 ? held.push(socket) : well(socket, nth))
  const pool = new Pool(`http://127.0.0.1:${port()}`, { connections: 1, pipelining: 1 })
  const post = poster(pool, 300)
  const both = await Promise.allSettled([post('/bot1:x/first', '{}'), post('/bot1:x/second', '{}')])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await post('/bot1:x/third', '{}')).toEqual({ status: 200, text: MESSAGE })
  expect(heard).toEqual(['first', 'third'])
  await pool.close()
})
