// A Redis of the test's own, on a free port, which may be flushed, frozen and killed.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'

export interface RedisServer {
  url: string
  process: ChildProcess
  stop(): Promise<void>
}

/** True when this machine has the program. */
export const hasRedisServer = (): boolean => spawnSync('redis-server', ['--version']).status === 0

/** Starts `redis-server` and waits until it accepts connections. */
export async function startRedis(port: number, args: readonly string[] = []): Promise<RedisServer> {
  const child = spawn(
    'redis-server',
    [
      '--port',
      `${port}`,
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      tmpdir(),
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error('redis-server did not start')))
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) resolve()
    })
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
