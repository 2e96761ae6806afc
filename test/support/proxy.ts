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

/** `url`: where the service listens, e.g. `postgres://user@host:port/name`. */
export async function cable(url: string, usualPort = 5432): Promise<Cable> {
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
