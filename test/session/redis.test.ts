// The session store on Redis: the common promises, several replicas, and a Redis that goes away. 300+: what only Redis can fail at.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, afterEach, expect, test } from 'vitest'
import { type RedisSession, type RedisSessionOptions, redisSession } from '../../src/session/redis.ts'
import { ofPerson, PARTS } from '../../src/session/session.ts'
import { sayNotRun } from '../support/notes.ts'
import { cable, hearsRedis } from '../support/proxy.ts'
import { conformance } from './conformance.ts'
import { freePort } from '../support/redis.ts'
import { hasRedisServer, type RedisServer, startRedis } from './redis-server.ts'

// Absent when the run found no Redis, and said so.
const shared = process.env.DAUYS_TEST_REDIS_URL
const url = shared ?? 'redis://127.0.0.1:6379'
const sharedTest = test.runIf(shared)
const ownTest = test.runIf(hasRedisServer())
if (!hasRedisServer()) sayNotRun('the tests in which Redis goes away', 'there is no redis-server program')
const AIGUL = ofPerson('aigul')
const prefix = `dauys-test-${randomUUID()}:`
const raw = new Redis(url, { lazyConnect: true })
const opened: RedisSession[] = []
const servers: RedisServer[] = []

const forget = async (): Promise<void> => {
  if (!shared) return
  const keys = await raw.keys(`${prefix}*`)
  if (keys.length > 0) await raw.del(...keys)
}
const replica = ({ bot = 1, ...options }: RedisSessionOptions & { bot?: number } = {}): RedisSession => {
  const session = redisSession(url, bot, { prefix, ...options })
  opened.push(session)
  return session
}
const own = async (
  args: string[] = [],
): Promise<{ port: number; server: RedisServer; session: RedisSession }> => {
  const port = await freePort()
  const server = await startRedis(port, args)
  servers.push(server)
  const session = redisSession(server.url, 1)
  opened.push(session)
  await session.ready()
  return { port, server, session }
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((session) => session.close()))
  await Promise.all(servers.splice(0).map((server) => server.stop()))
  await forget()
})
afterAll(async () => {
  raw.disconnect()
})

conformance('Redis', shared !== undefined, {
  open: async (options) => replica(options),
  pass: (ms) => sleep(ms),
  lose: forget,
})

sharedTest('two replicas never serve one person at the same time, and both get their turns', async () => {
  const replicas = [replica(), replica()]
  let inside = 0
  const served = [0, 0]
  await Promise.all(
    Array.from({ length: 40 }, async (_, update) => {
      const which = update % 2
      const session = replicas[which]
      expect(await session?.begin('aigul', update, 20_000)).toEqual({ state: 'mine', attempt: 1 })
      inside += 1
      expect(inside).toBe(1)
      await sleep(2)
      inside -= 1
      served[which] = (served[which] ?? 0) + 1
      await session?.release('aigul')
    }),
  )
  expect(served).toEqual([20, 20])
})

sharedTest('the lock of a replica that died is free after its lease, not before', async () => {
  const dead = replica({ leaseMs: 400 })
  await dead.begin('aigul', 1, 0)
  await dead.close()
  const alive = replica({ leaseMs: 400 })
  expect(await alive.begin('aigul', 1, 100)).toEqual({ state: 'busy' })
  expect(await alive.begin('aigul', 1, 2000)).toEqual({ state: 'mine', attempt: 2 })
})

sharedTest('a handler that takes longer than the lease keeps its person from all replicas', async () => {
  // A busy machine may renew a lease late: it is long beside that, and short beside the wait.
  const [one, two] = [replica({ leaseMs: 900 }), replica({ leaseMs: 900 })]
  await one.begin('aigul', 1, 0)
  expect(await two.begin('aigul', 2, 2500)).toEqual({ state: 'busy' })
  await one.release('aigul', 1)
  expect(await two.begin('aigul', 2, 0)).toEqual({ state: 'mine', attempt: 1 })
})

sharedTest('a handler that hangs keeps its person from other replicas no longer than it may', async () => {
  const [one, two] = [replica({ leaseMs: 200, holdMs: 800 }), replica({ leaseMs: 200 })]
  const began = performance.now()
  await one.begin('aigul', 1, 0)
  expect(await two.begin('aigul', 2, 500)).toEqual({ state: 'busy' })
  expect(await two.begin('aigul', 2, 5000)).toEqual({ state: 'mine', attempt: 1 })
  expect(performance.now() - began).toBeGreaterThan(750)
  expect(performance.now() - began).toBeLessThan(1500)
})

sharedTest('what was given back is not renewed', async () => {
  const [one, two] = [replica({ leaseMs: 100 }), replica({ leaseMs: 100 })]
  await one.begin('aigul', 1, 0)
  await one.release('aigul', 1)
  expect(await two.begin('aigul', 2, 0)).toMatchObject({ state: 'mine' })
  await sleep(300)
  await two.release('aigul', 2)
  expect(await one.begin('aigul', 3, 0)).toMatchObject({ state: 'mine' })
})

sharedTest('a replica gives back only its own lock', async () => {
  const [one, two, three] = [replica(), replica(), replica()]
  await one.begin('aigul', 1, 0)
  await forget()
  expect(await two.begin('aigul', 2, 0)).toMatchObject({ state: 'mine' })
  await one.release('aigul')
  expect(await three.begin('aigul', 3, 50)).toEqual({ state: 'busy' })
})

sharedTest('a replica that was busy computing does not take its own silence for that of Redis', async () => {
  const session = replica()
  await session.setMarks('aigul', 'b1', ['well'])
  const answer = session.marks('aigul', 'b1')
  await new Promise(setImmediate)
  const until = performance.now() + 1300
  while (performance.now() < until);
  expect(await answer).toEqual(['well'])
})

sharedTest('what one replica committed, marked, expects and pauses, another sees', async () => {
  const [one, two] = [replica(), replica()]
  await one.begin('aigul', 1, 0)
  await one.commit('aigul', 1)
  await one.release('aigul')
  await one.setMarks('aigul', 'b1', ['well'])
  await one.expect('aigul', { kind: 'code' }, 60)
  await one.pause('telegram', 5000)
  expect(await one.allow('search', 1, 60_000)).toBe(true)
  expect(await two.begin('aigul', 1, 0)).toEqual({ state: 'seen' })
  expect(await two.marks('aigul', 'b1')).toEqual(['well'])
  expect(await two.expectation('aigul')).toEqual({ kind: 'code' })
  expect(await two.pausedFor('telegram')).toBeGreaterThan(4000)
  expect(await two.allow('search', 1, 60_000)).toBe(false)
})

sharedTest('everything in Redis lapses: marks in seven days, the rest within a day', async () => {
  const session = replica()
  await session.begin('aigul', 1, 0)
  await session.commit('aigul', 1)
  await session.setMarks('aigul', 'b1', ['well'])
  await session.expect('aigul', { kind: 'code' }, 600)
  await session.allow('search', 5, 60_000)
  await session.turn('messages', 0.1)
  await session.pause('telegram', 5000)
  const keys = await raw.keys(`${prefix}*`)
  expect(keys.map((key) => key.slice(prefix.length)).sort()).toEqual([
    `1:expect:${AIGUL}`,
    `1:lock:${AIGUL}`,
    `1:marks:${AIGUL}:b1`,
    '1:pause:telegram',
    '1:rate:search',
    '1:turn:messages',
    `1:update:${AIGUL}:1`,
  ])
  for (const key of keys) {
    const days = (await raw.pttl(key)) / 86_400_000
    expect(days, key).toBeGreaterThan(0)
    if (key.endsWith(`marks:${AIGUL}:b1`)) expect(days).toBeGreaterThan(6.99)
    expect(days, key).toBeLessThanOrEqual(key.endsWith(`marks:${AIGUL}:b1`) ? 7 : 1)
  }
})

ownTest('a flush in the middle frees the lock, and the scripts still run', async () => {
  const { session, server } = await own()
  await session.begin('aigul', 1, 0)
  const admin = new Redis(server.url)
  await admin.flushall()
  await admin.script('FLUSH')
  await admin.quit()
  await session.release('aigul')
  expect(await session.begin('aigul', 1, 0)).toEqual({ state: 'mine', attempt: 1 })
  expect(await session.allow('search', 1, 1000)).toBe(true)
})

ownTest(
  'without Redis everything fails within about a second, and goes on by itself when Redis is back',
  async () => {
    const { port, server, session } = await own()
    await session.begin('aigul', 1, 0)
    await server.stop()
    const asked = performance.now()
    const outcomes = await Promise.allSettled([
      session.ready(),
      session.begin('aigul', 2, 500),
      session.begin('berik', 3, 500),
      session.marks('aigul', 'b1'),
      session.commit('aigul', 1),
      session.allow('search', 1, 1000),
    ])
    expect(performance.now() - asked).toBeLessThan(2500)
    // Aigul's lock is still held in this process, so her second update is told to wait.
    expect(outcomes.map((o) => o.status)).toEqual([
      'rejected',
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
    ])
    await session.release('aigul')
    await startRedis(port).then((again) => servers.push(again))
    await expect.poll(() => session.ready().then(() => 'ready')).toBe('ready')
    expect(await session.begin('aigul', 2, 0)).toEqual({ state: 'mine', attempt: 1 })
  },
)

sharedTest('a press is three steps, whatever it reads and changes', async () => {
  const asked: string[] = []
  const wire = await cable(
    url,
    6379,
    hearsRedis(([name]) => asked.push(name?.toLowerCase() ?? '')),
  )
  const session = redisSession(wire.url, 1, { prefix })
  opened.push(session)
  const wanted = {
    notes: [`view:${ofPerson(7)}`, `ballots:${ofPerson(7)}`],
    marks: 'b1',
    rate: { key: 'presses', limit: 9, windowMs: 1000 },
  }
  // The first ones bring the scripts there.
  for (const update of [1, 2]) {
    asked.length = 0
    await session.begin(7, update, 0, wanted)
    for (const note of wanted.notes) await session.note(note)
    await session.marks(7, 'b1')
    await session.commit(7, update, { owed: { update, by: 'mn' }, inMs: 10_000 })
    await session.setNote(`view:${ofPerson(7)}`, { words: update }, 60)
    await session.eraseMarks(7, 'b1')
    await session.release(7, update, { kind: 'paid' })
    await session.ready()
    await expect.poll(() => asked.at(-1)).toBe('ping')
  }
  expect(asked).toEqual(['evalsha', 'evalsha', 'evalsha', 'ping'])
  await session.close()
  await wire.pull()
})

sharedTest(
  'what a step touches lies on one server of a cluster: all its keys have one text in braces',
  async () => {
    const tags = new Set<string>()
    const wire = await cable(
      url,
      6379,
      hearsRedis(([name, , count, ...args]) => {
        if (!/^eval/i.test(name ?? '')) return
        const keys = args.slice(0, Number(count))
        const own = new Set(keys.map((key) => /\{(.+?)\}/.exec(key)?.[1] ?? key))
        expect(own.size, keys.join(' ')).toBe(1)
        tags.add([...own].join())
      }),
    )
    const session = redisSession(wire.url, 1, { prefix })
    opened.push(session)
    for (const person of [1, 2, 3, 4, 5, 6, 7, 'update-1']) {
      await session.begin(person, 1, 0, {
        notes: [`view:${ofPerson(person)}`],
        marks: 'b1',
        pauses: [`chat:${ofPerson(person)}`],
        rate: { key: 'presses', limit: 9, windowMs: 1000 },
      })
      await session.setMarks(person, 'b1', ['well'])
      await session.commit(person, 1, { owed: { update: 1, by: 'mn' }, inMs: 0 })
      await session.eraseMarks(person, 'b1')
      await session.release(person, 1, { kind: 'later', inMs: 0 })
    }
    expect(await session.claimOwed(5, 60_000)).toHaveLength(5)
    expect(await session.claimOwed(5, 60_000)).toHaveLength(3)
    expect(tags.size).toBe(PARTS)
    await session.close()
    await wire.pull()
  },
)

sharedTest(
  'what an update changed before it was seen is there for the next replica, however its own ended',
  async () => {
    const [one, two] = [replica({ leaseMs: 200 }), replica()]
    await one.begin('aigul', 1, 0, { marks: 'b1' })
    await one.setMarks('aigul', 'b1', ['well'])
    await one.commit('aigul', 1)
    // It dies here: what it was to do behind is left.
    expect(await two.marks('aigul', 'b1')).toEqual(['well'])
  },
)

test('an address where nobody answers is reported without hanging', async () => {
  const session = redisSession(`redis://127.0.0.1:${await freePort()}`, 1)
  opened.push(session)
  const asked = performance.now()
  await expect(session.ready()).rejects.toThrow(/session store does not answer: .*ECONNREFUSED/)
  expect(performance.now() - asked).toBeLessThan(2500)
})

ownTest('a Redis that froze leaves no lock behind for an update that was given up', async () => {
  const { server, session } = await own()
  server.process.kill('SIGSTOP')
  const asked = performance.now()
  await expect(session.begin('aigul', 1, 0)).rejects.toThrow(/no answer in time/)
  expect(performance.now() - asked).toBeLessThan(2500)
  server.process.kill('SIGCONT')
  const other = redisSession(server.url, 1)
  opened.push(other)
  expect(await other.begin('aigul', 1, 2000)).toMatchObject({ state: 'mine' })
})

ownTest('an error names no marks and no person', async () => {
  const { server, session } = await own(['--maxmemory', '1'])
  const error = await session.setMarks('aigul', 'b1', ['canary-well']).catch((e: unknown) => e)
  await server.stop()
  const gone = await session.setMarks('aigul', 'b1', ['canary-well']).catch((e: unknown) => e)
  for (const e of [error, gone]) {
    expect(e).toBeInstanceOf(Error)
    expect(
      JSON.stringify(Object.getOwnPropertyNames(e).map((key) => Reflect.get(e as object, key))),
    ).not.toMatch(/canary|b1/)
  }
})

ownTest('boot can ask whether Redis keeps anything on disk', async () => {
  expect(await (await own()).session.keepsNothingOnDisk()).toBe(true)
  expect(await (await own(['--save', '60 1'])).session.keepsNothingOnDisk()).toBe(false)
  expect(await (await own(['--rename-command', 'CONFIG', ''])).session.keepsNothingOnDisk()).toBeUndefined()
})
