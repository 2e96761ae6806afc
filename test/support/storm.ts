// A storm over a running fleet: replicas killed, stopped for longer than their leases, stores that crash, are flushed or go away.
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { type RedisServer, startRedis } from '../session/redis-server.ts'
import { onServer } from './database.ts'
import type { OwnPostgres } from './own-postgres.ts'
import { type Shipped, startShipped } from './shipped.ts'

export const BLOWS = ['kill', 'backends', 'flush', 'crash', 'stall', 'gone'] as const
/**
 * `kill`: -9 of a replica. `backends`: half the sessions of the database are ended. `crash`: PostgreSQL ends at once and recovers.
 * `flush`: Redis forgets everything. `gone`: Redis is away for a while, and comes back empty. `stall`: a replica stands still for longer than its leases.
 */
export type Blow = (typeof BLOWS)[number]

/** The longest lease is 10 s, a person's turn 8. */
const STALL_MS = 12_000
const AWAY_MS = 700
const READY = 'Dauys runs as'

export interface StormGround {
  /** The environment of a replica beside its port. */
  settings: Record<string, string>
  ports: readonly number[]
  databaseUrl: string
  redisPort: number
  /** Where the story has a server of its own. */
  postgres: OwnPostgres | undefined
}

export interface Storm {
  /** Strikes until told otherwise, every `everyMs` or so, each way at least once. */
  begin(blows: readonly Blow[], everyMs: number): void
  /** Resolves when everything stands again. */
  calm(): Promise<void>
  struck: Record<Blow, number>
  stop(): Promise<void>
}

/** Starts Redis and the replicas, and waits until they serve. */
export async function openStorm(ground: StormGround): Promise<Storm> {
  const { settings, ports, redisPort } = ground
  let redis: RedisServer = await startRedis(redisPort)
  const replicas: Shipped[] = []
  const start = async (at: number) => {
    const replica = startShipped({
      ...settings,
      PORT: String(ports[at]),
      OPS_PORT: '0',
      WEBHOOK_URL: `http://127.0.0.1:${ports[at]}/telegram`,
    })
    replicas[at] = replica
    // One that cannot start while a store is away ends: it is started again, as whoever runs it would.
    await replica.says(READY).catch(() => start(at))
  }
  await Promise.all(ports.map((_, at) => start(at)))
  const struck = Object.fromEntries(BLOWS.map((blow) => [blow, 0])) as Record<Blow, number>
  const stalled = new Set<Promise<void>>()
  const any = () => Math.floor(Math.random() * ports.length)

  const strike: Record<Blow, () => Promise<void>> = {
    async kill() {
      const at = any()
      await replicas[at]?.stop('SIGKILL')
      // The next blow waits until it serves, as long as that takes on this machine.
      await start(at)
    },
    backends: () =>
      onServer(
        ground.databaseUrl,
        (sql) => sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and random() < 0.5`,
      ),
    async flush() {
      const keys = new Redis(redis.url, { maxRetriesPerRequest: 1 }).on('error', () => {})
      await keys.flushall().finally(() => keys.disconnect())
    },
    async crash() {
      await ground.postgres?.stop('immediate')
      await sleep(AWAY_MS)
      await ground.postgres?.start()
    },
    async gone() {
      await redis.stop()
      await sleep(AWAY_MS)
      redis = await startRedis(redisPort)
    },
    // The others are struck meanwhile.
    async stall() {
      if (stalled.size > 0) return
      const one = replicas[any()]?.process
      one?.kill('SIGSTOP')
      const over: Promise<void> = sleep(STALL_MS).then(() => {
        one?.kill('SIGCONT')
        stalled.delete(over)
      })
      stalled.add(over)
    },
  }

  let blowing: Promise<void> | undefined
  let on = false
  return {
    struck,
    begin(blows, everyMs) {
      on = true
      blowing = (async () => {
        for (let n = 0; on || n < blows.length; n++) {
          const blow = blows[n % blows.length] as Blow
          await strike[blow]().catch(() => undefined)
          struck[blow]++
          await sleep(everyMs * (0.5 + Math.random()))
        }
      })()
    },
    async calm() {
      on = false
      await blowing
      await Promise.all(stalled)
    },
    async stop() {
      on = false
      await blowing
      await Promise.all(replicas.map((one) => one.stop('SIGKILL')))
      await redis.stop()
    },
  }
}
