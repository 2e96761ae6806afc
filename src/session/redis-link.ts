// The connection to Redis: reconnects by itself, and never makes anybody wait longer than the given patience.
import { Redis } from 'ioredis'
import { sessionAway } from './away.ts'
import { deadlines } from './deadlines.ts'
import { type ScriptCommands, scripts } from './redis-scripts.ts'

export type Client = Redis & ScriptCommands

export interface RedisLink {
  /**
   * Runs one command. Throws an error without the command's arguments when Redis is away or slow; `late` then gets
   * what Redis did after all, so that it can be undone.
   */
  ask<T>(command: (redis: Client) => Promise<T>, late?: (value: T) => void): Promise<T>
  close(): Promise<void>
}

/** Opens a connection to `url` (redis:// or rediss://); all keys get `prefix`; one command takes at most `patienceMs`. */
export function redisLink(url: string, prefix: string, patienceMs: number): RedisLink {
  const waiting = new Set<() => void>()
  const within = deadlines()
  let trouble = 'not connected yet'
  const redis = new Redis(url, {
    keyPrefix: prefix,
    scripts,
    // Nothing is kept back and sent later: a lock taken after its update was given up would block a person for seconds.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
    socketTimeout: 10_000,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 5), 1_000) * (0.75 + Math.random() / 2),
  }) as Client
  const together = inOneWrite(redis)
  const wake = (): void => {
    for (const go of waiting) go()
  }
  redis.on('ready', wake)
  redis.on('end', wake)
  redis.on('error', (error: unknown) => {
    trouble = reason(error)
  })

  /** Waits for a connection that is being made; resolves in any case after `ms`. */
  const connected = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (redis.status === 'ready' || redis.status === 'end') return resolve()
      const go = (): void => {
        clearTimeout(timer)
        waiting.delete(go)
        resolve()
      }
      const timer = setTimeout(go, ms)
      waiting.add(go)
    })

  return {
    async ask(command, late) {
      const until = performance.now() + patienceMs
      if (redis.status !== 'ready') await connected(patienceMs)
      if (redis.status !== 'ready')
        throw sessionAway(redis.status === 'end' ? 'the connection is closed' : trouble)
      try {
        together()
        return await within(command(redis), until, late)
      } catch (error) {
        throw sessionAway(reason(error))
      }
    },
    async close() {
      // What was asked for is still answered, unless Redis is away.
      if (redis.status === 'ready')
        await within(redis.quit(), performance.now() + patienceMs).catch(() => undefined)
      redis.disconnect()
    },
  }
}

/**
 * What is asked in one turn of the event loop goes out in one write, and a connection that breaks fails all of it. ioredis's own pipelines do
 * the same at half as much again of processor time a command.
 */
function inOneWrite(redis: Redis): () => void {
  let held: Redis['stream'] | undefined
  return () => {
    const { stream } = redis
    if (held === stream) return
    held = stream
    stream.cork()
    setImmediate(() => {
      if (held === stream) held = undefined
      stream.uncork()
    })
  }
}

/** Why, in words that hold no key and no value: Redis repeats arguments after "with args", ioredis keeps them in the error. */
function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : ''
  return (text.split(/,? with args/)[0] ?? '').slice(0, 200) || 'unknown reason'
}
