// Containers of one host start in any order and are stopped at any moment: the shipped program waits, says what it waits for, and ends.
import { Agent, request } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { hasRedisServer, type RedisServer, startRedis } from '../session/redis-server.ts'
import { openRoom, type Room } from '../sandbox/room.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { sayNotRun } from '../support/notes.ts'
import { cable } from '../support/proxy.ts'
import { freePort } from '../support/redis.ts'
import { buildShipped, type Shipped, startShipped } from '../support/shipped.ts'
import { isTold } from '../support/size.ts'

if (!hasRedisServer()) sayNotRun('the stories of start and stop', 'there is no redis-server program')
const told = hasRedisServer() && isTold('a start and a stop while something is away')
const story = test.runIf(told)

let app: TestApp
let room: Room
let folder: string
let redisPort: number
let redis: RedisServer | undefined
let program: Shipped | undefined
beforeAll(async () => {
  if (!told) return
  await buildShipped()
  app = await testApp('start-stop')
  room = await openRoom()
  folder = await mkdtemp(join(tmpdir(), 'dauys-start-'))
  redisPort = await freePort()
})
afterEach(async () => {
  await program?.stop('SIGKILL')
  await redis?.stop()
  redis = undefined
})
afterAll(async () => {
  await room?.close()
  await app?.done()
  if (folder) await rm(folder, { recursive: true, force: true })
})

function starts(settings: Record<string, string> = {}): Shipped {
  program = startShipped({
    BOT_TOKEN: room.sandbox.token,
    TELEGRAM_API_ROOT: room.sandbox.url,
    DATABASE_URL: app.url,
    REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    DAUYS_DIR: folder,
    SECRETS_DIR: app.secretsDir,
    START_PATIENCE: '120',
    ...settings,
  })
  return program
}

story('PostgreSQL and Redis that come later than the program are waited for', async () => {
  const wire = await cable(app.url)
  await wire.pull()
  const started = starts({ DATABASE_URL: wire.url, LOG_LEVEL: 'info' })
  await started.says('Waiting for PostgreSQL (DATABASE_URL)')
  await wire.plug()
  await started.says('Waiting for Redis (REDIS_URL)')
  redis = await startRedis(redisPort)
  await started.says('Dauys runs as')
  await started.says('"msg":"started"')
  // What runs is told once, so that two replicas, or two days, can be held beside each other.
  const line = started
    .said()
    .split('\n')
    .find((one) => one.includes('"msg":"started"'))
  expect(JSON.parse(line ?? '{}')).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    schema: expect.any(Number),
    keys: expect.stringMatching(
      /^pepper=[0-9a-f]{12} log-key=[0-9a-f]{12} leaf-key=[0-9a-f]{12} import-key=[0-9a-f]{12}$/,
    ),
    mode: 'polling',
    stores: 'PostgreSQL, Redis',
  })
  await started.stop()
  expect(await started.ended).toBe(0)
  await wire.pull()
})

story.each([
  ['PostgreSQL (DATABASE_URL)', { DATABASE_URL: 'postgres://postgres@127.0.0.1:1/none' }],
  ['Redis (REDIS_URL)', { REDIS_URL: 'redis://127.0.0.1:1' }],
  ['Telegram (TELEGRAM_API_ROOT)', { TELEGRAM_API_ROOT: 'http://127.0.0.1:1' }],
])('what does not come is named by its setting, and the process ends: %s', async (what, settings) => {
  redis = await startRedis(redisPort)
  const started = starts({ START_PATIENCE: '1', ...settings })
  expect(await started.ended).toBe(1)
  expect(started.said()).toContain(`dauys: ${what} does not answer`)
  expect(started.said()).not.toContain(room.sandbox.token)
})

story('a port that is taken is named by its variable', async () => {
  redis = await startRedis(redisPort)
  const started = starts({ PORT: new URL(room.sandbox.url).port })
  expect(await started.ended).toBe(1)
  expect(started.said()).toContain('PORT: port')
})

story('a command says at once that the database is away', async () => {
  const asked = startShipped({ DATABASE_URL: 'postgres://postgres@127.0.0.1:1/none', DAUYS_DIR: folder }, [
    'cycle',
    'list',
  ])
  expect(await asked.ended).toBe(1)
  expect(asked.said()).toBe('dauys: PostgreSQL (DATABASE_URL) does not answer (ECONNREFUSED)\n')
})

story(
  'stopped behind a proxy that keeps its connections, the program ends; nothing waits for the proxy',
  async () => {
    redis = await startRedis(redisPort)
    const port = await freePort()
    const started = starts({ PORT: `${port}` })
    await started.says('Dauys runs as')
    const agent = new Agent({ keepAlive: true, maxSockets: 20 })
    let asking = true
    const asks = () =>
      new Promise<void>((resolve) => {
        const ask = request({ agent, port, host: '127.0.0.1', path: '/healthz' }, (answer) => {
          answer.resume().once('close', resolve)
        })
        ask.once('error', () => resolve()).end()
      })
    const proxy = Array.from({ length: 20 }, async () => {
      while (asking) await asks()
    })
    await asks()
    started.process.kill('SIGTERM')
    // The connections would be kept for 75 seconds; compose.yaml gives it 30.
    const patience = sleep(30_000, 'still alive', { ref: false })
    expect(await Promise.race([started.ended, patience])).toBe(0)
    asking = false
    await Promise.all(proxy)
    agent.destroy()
  },
)
