// A cable to a TCP service that a story can pull out and plug in again.
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface Cable {
  /** The service's own URL, through the cable. */
  url: string
  /** Breaks every connection and refuses new ones. */
  pull(): Promise<void>
  plug(): Promise<void>
}

/** `url`: where the service listens, e.g. `postgres://user@host:port/name`. `listens`: hears what is said to it on a new connection. */
export async function cable(
  url: string,
  usualPort = 5432,
  listens?: () => (said: Buffer) => void,
): Promise<Cable> {
  const target = new URL(url)
  const port = Number(target.port || usualPort)
  const sockets = new Set<Socket>()
  let server: Server | undefined
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    return socket
  }
  const listen = (at: number) =>
    new Promise<number>((resolve, reject) => {
      const made = createServer((near) => {
        const far = keep(connect(port, target.hostname))
        keep(near).pipe(far).pipe(near)
        if (listens) near.on('data', listens())
        near.on('close', () => far.destroy())
        far.on('close', () => near.destroy())
      })
      made.once('error', reject)
      made.listen(at, '127.0.0.1', () => resolve((made.address() as AddressInfo).port))
      server = made
    })
  const own = await listen(0)
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String(own)
  return {
    url: through.href,
    async pull() {
      const closed = new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
      server = undefined
      for (const socket of sockets) socket.destroy()
      await closed
    },
    async plug() {
      if (!server) await listen(own)
    },
  }
}

/**
 * For a cable to Redis: hears each command with its arguments. A command is an array of strings, whose lengths stand before them.
 * (ioredis's own MONITOR loses its place when a line of it comes in one packet with the answer that opens it.)
 */
export function hearsRedis(hears: (args: string[]) => void): () => (said: Buffer) => void {
  return () => {
    let rest = Buffer.alloc(0)
    let left = 0
    let args: string[] = []
    return (said) => {
      rest = Buffer.concat([rest, said])
      for (;;) {
        const line = rest.indexOf('\r\n')
        if (line === -1) return
        const number = Number(rest.toString('latin1', 1, line))
        if (left === 0) {
          left = number
          rest = rest.subarray(line + 2)
          continue
        }
        const end = line + 2 + number
        if (rest.length < end + 2) return
        args.push(rest.toString('utf8', line + 2, end))
        rest = rest.subarray(end + 2)
        if (--left > 0) continue
        hears(args)
        args = []
      }
    }
  }
}
