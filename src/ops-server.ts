// What the operator asks on a port of its own, loopback unless told: readiness and figures. Nobody outside learns how many vote.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from './log.ts'
import { errorFacts } from './log.ts'
import type { Metrics } from './metrics.ts'

/** A store that does not answer by then is away. */
const READY_MS = 2_000

export interface OpsServer {
  port: number
  close(): Promise<void>
}

export interface OpsParts {
  host: string
  port: number
  log: Log
  metrics: Metrics
  /** Throws while PostgreSQL or the session store is away. */
  ready: () => Promise<void>
  /** Reads what is known only when it is asked for. */
  gather?: () => Promise<void>
}

/** Listens, and resolves with the port it got. `/readyz`: 200 or 503 within two seconds; `/metrics`: for Prometheus. */
export async function startOpsServer({
  host,
  port,
  log,
  metrics,
  ready,
  gather,
}: OpsParts): Promise<OpsServer> {
  const answers: Record<string, () => Promise<[status: number, body: string, type?: string]>> = {
    '/healthz': async () => [200, 'alive'],
    '/readyz': async () => ((await isReady(ready)) ? [200, 'ready'] : [503, 'a store is away']),
    '/metrics': async () => {
      await gather?.()
      return [200, await metrics.registry.metrics(), metrics.registry.contentType]
    },
  }
  const server = createServer((request, response) => {
    const answer = answers[(request.url ?? '').split('?')[0] ?? '']
    const work = answer ? answer() : Promise.resolve<[number, string]>([404, 'not found'])
    work.then(
      ([status, body, type = 'text/plain; charset=utf-8']) =>
        response.writeHead(status, { 'content-type': type }).end(body),
      (error: unknown) => {
        log.warn('request failed', errorFacts(error))
        response.writeHead(503).end('try again')
      },
    )
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const isReady = (ready: () => Promise<void>): Promise<boolean> =>
  Promise.race([
    ready().then(
      () => true,
      () => false,
    ),
    pause(READY_MS, false, { ref: false }),
  ])
