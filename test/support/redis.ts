// Finds Redis, or starts one of its own for the run.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

export type RedisService = { url: string; stop(): Promise<void> }

const START_MS = 10_000

/** Does a Redis answer PING there within two seconds? */
export async function redisAnswers(url: string): Promise<boolean> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 2000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  redis.on('error', () => {})
  try {
    await redis.connect()
    return (await redis.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}

/** Starts `redis-server` on a free port, keeping nothing on disk; undefined when there is no such program. */
export async function startRedis(program = 'redis-server'): Promise<RedisService | undefined> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'dauys-redis-'))
  const options = {
    '--port': `${port}`,
    '--bind': '127.0.0.1',
    '--save': '',
    '--appendonly': 'no',
    '--dir': folder,
  }
  const child = spawn(program, Object.entries(options).flat(), { stdio: 'ignore' })
  const ended = new Promise<void>((done) => {
    child.once('error', () => done())
    child.once('exit', () => done())
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  const url = `redis://127.0.0.1:${port}`
  const deadline = Date.now() + START_MS
  while (Date.now() < deadline && child.exitCode === null && child.pid !== undefined) {
    if (await redisAnswers(url)) return { url, stop }
    await new Promise((wake) => setTimeout(wake, 50))
  }
  await stop()
  return undefined
}

/** A TCP port on this machine that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((done, broken) => {
    const probe = createServer()
    probe.once('error', broken)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address && typeof address === 'object' ? done(address.port) : broken(new Error('no port')),
      )
    })
  })
}
