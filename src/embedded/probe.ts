// Asks a port of this machine whether a PostgreSQL answers there, with nothing but a start-up message.
import { connect, createServer } from 'node:net'

/** `ready`: takes connections. `starting`: answers that it is starting up, recovering or shutting down. */
export type Answer = 'ready' | 'starting' | 'silent'

const CANNOT_CONNECT_NOW = '57P03'

/** Knocks on 127.0.0.1:port and leaves before any password. Protocol: PostgreSQL documentation, "Message Formats", StartupMessage. */
export function probe(port: number, user: string, timeoutMs = 2_000): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const settle = (answer: Answer): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(timeoutMs, () => settle('silent'))
    socket.once('error', () => settle('silent'))
    socket.once('end', () => settle('silent'))
    socket.once('connect', () => {
      const body = Buffer.from(`\0\0\0\0\0\x03\0\0user\0${user}\0database\0${user}\0\0`, 'latin1')
      body.writeInt32BE(body.length, 0)
      socket.write(body)
    })
    socket.once('data', (reply) => {
      const kind = String.fromCharCode(reply[0] ?? 0)
      if (kind === 'R') return settle('ready')
      if (kind !== 'E') return settle('silent')
      // An error message: fields of one letter and a text, each ended by a zero; C is the SQLSTATE.
      const code = reply
        .toString('latin1', 5)
        .split('\0')
        .find((field) => field.startsWith('C'))
      settle(code === `C${CANNOT_CONNECT_NOW}` ? 'starting' : 'ready')
    })
  })
}

/** True when nobody listens on 127.0.0.1:port. */
export function isFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  )
}

/** A port of 127.0.0.1 that is free now. */
export function freePort(): Promise<number> {
  return listenOnce(0)
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      const got = address !== null && typeof address === 'object' ? address.port : port
      server.close(() => resolve(got))
    })
  })
}
