// The session store of a fleet: Redis, which may be flushed at any minute and keeps nothing on disk.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { spacing } from './rate.ts'
import { redisLink } from './redis-link.ts'
import { BUSY, SEEN } from './redis-scripts.ts'
import { HOLD_MS, LEASE_MS, MARKS_MS, type PersonId, SEEN_MS, type Session } from './session.ts'
import { turns } from './turns.ts'

export interface RedisSession extends Session {
  /** True when Redis writes nothing to disk (`save` empty, `appendonly` no); undefined when it does not tell (CONFIG forbidden). */
  keepsNothingOnDisk(): Promise<boolean | undefined>
}

export interface RedisSessionOptions {
  /** Stands before every key, and the bot's id behind it; default `dauys:`. */
  prefix?: string
  /** Milliseconds after which a dead holder's lock is free; default 8,000. */
  leaseMs?: number
  /** Milliseconds after which the lock of a holder that hangs is free; default 60,000. */
  holdMs?: number
  /** Milliseconds a command may take, waiting for a connection included; default 1,000. */
  patienceMs?: number
}

const FIRST_POLL_MS = 5
const SLOWEST_POLL_MS = 80
/** A lease is renewed so many times before it would end: one lost answer of Redis costs no lock. */
const RENEWALS = 4

/**
 * Opens the session store of a bot (its id, from getMe) on `url` (redis:// or rediss://) and connects in the background: ask
 * `ready()`. Several bots may share one Redis: update ids and people are each bot's own, and so is a pause of Telegram. Inside this process people queue in order; between replicas a waiter polls, with jitter.
 */
export function redisSession(url: string, bot: number, options: RedisSessionOptions = {}): RedisSession {
  const leaseMs = options.leaseMs ?? LEASE_MS
  const link = redisLink(url, `${options.prefix ?? 'dauys:'}${bot}:`, options.patienceMs ?? 1_000)
  const line = turns(options.holdMs ?? HOLD_MS)
  const instance = `${randomUUID()}:`
  let begun = 0

  const unlock = async (person: PersonId, token: string): Promise<void> => {
    await link.ask((redis) => redis.sessionRelease(`lock:${person}`, token)).catch(() => undefined)
  }
  /** As long as this process lives, what it holds stays locked: until it is given back, or kept too long. */
  const renewing = setInterval(() => {
    for (const { person, token, until } of line.locks()) {
      const ms = Math.round(Math.min(leaseMs, until - performance.now()))
      if (ms > 0)
        void link.ask((redis) => redis.sessionRenew(`lock:${person}`, token, ms)).catch(() => undefined)
    }
  }, leaseMs / RENEWALS)
  renewing.unref()
  const json = async (key: string): Promise<unknown> => {
    const stored = await link.ask((redis) => redis.get(key))
    return stored === null ? undefined : (JSON.parse(stored) as unknown)
  }
  const put = (key: string, value: unknown, ms: number): Promise<unknown> =>
    link.ask((redis) => redis.set(key, JSON.stringify(value), 'PX', Math.max(1, Math.round(ms))))

  /** Asks for the lock until `deadline`: the attempt's number, `SEEN` or `BUSY`. A lock of this instance is ours: its turn has come. */
  const lock = async (person: PersonId, update: number, token: string, deadline: number): Promise<number> => {
    for (let step = FIRST_POLL_MS; ; step = Math.min(step * 2, SLOWEST_POLL_MS)) {
      const answer = await link.ask(
        (redis) =>
          redis.sessionBegin(
            `seen:${update}`,
            `try:${update}`,
            `lock:${person}`,
            token,
            instance,
            leaseMs,
            SEEN_MS,
          ),
        (late) => late > BUSY && void unlock(person, token),
      )
      const left = deadline - performance.now()
      if (answer !== BUSY || left <= 0) return answer
      await sleep(Math.min(left, step * (0.5 + Math.random())))
    }
  }

  return {
    async begin(person, update, waitMs) {
      const deadline = performance.now() + waitMs
      const turn = await line.take(person, update, waitMs)
      if (!turn) return { state: 'busy' }
      begun += 1
      const token = `${instance}${begun}`
      try {
        const answer = await lock(person, update, token, deadline)
        if (answer > BUSY) {
          line.hold(turn, token)
          return { state: 'mine', attempt: answer }
        }
        line.give(turn)
        return { state: answer === SEEN ? 'seen' : 'busy' }
      } catch (error) {
        line.give(turn)
        // Redis may have taken the lock although its answer was lost.
        void unlock(person, token)
        throw error
      }
    },
    async forgive(update) {
      await link.ask((redis) => redis.del(`try:${update}`))
    },
    async commit(update) {
      await link.ask((redis) => redis.set(`seen:${update}`, 1, 'PX', SEEN_MS))
    },
    async release(person, update) {
      const turn = line.held(person)
      if (turn?.token === undefined || (update !== undefined && update !== turn.update)) return
      await unlock(person, turn.token)
      line.give(turn)
    },
    async marks(ballot) {
      return (await json(`marks:${ballot}`)) as string[] | undefined
    },
    async setMarks(ballot, projects) {
      await put(`marks:${ballot}`, projects, MARKS_MS)
    },
    async eraseMarks(...ballots) {
      if (ballots.length > 0) await link.ask((redis) => redis.del(ballots.map((ballot) => `marks:${ballot}`)))
    },
    expectation: (person) => json(`expect:${person}`),
    async expect(person, what, ttlSeconds) {
      await put(`expect:${person}`, what, ttlSeconds * 1000)
    },
    async expectNothing(person) {
      await link.ask((redis) => redis.del(`expect:${person}`))
    },
    note: (key) => json(`note:${key}`),
    async setNote(key, what, ttlSeconds) {
      await put(`note:${key}`, what, ttlSeconds * 1000)
    },
    async eraseNotes(...keys) {
      if (keys.length > 0) await link.ask((redis) => redis.del(keys.map((key) => `note:${key}`)))
    },
    async allow(key, limit, windowMs) {
      return (await link.ask((redis) => redis.sessionAllow(`rate:${key}`, limit, windowMs))) === 1
    },
    async turn(key, perSecond) {
      return Number(await link.ask((redis) => redis.sessionTurn(`turn:${key}`, spacing(perSecond))))
    },
    async pause(key, ms) {
      if (ms > 0) await link.ask((redis) => redis.sessionPause(`pause:${key}`, Math.ceil(ms)))
    },
    async pausedFor(key) {
      return Math.max(0, await link.ask((redis) => redis.pttl(`pause:${key}`)))
    },
    async ready() {
      await link.ask((redis) => redis.ping())
    },
    close() {
      clearInterval(renewing)
      return link.close()
    },
    async keepsNothingOnDisk() {
      await link.ask((redis) => redis.ping())
      try {
        const save = setting(await link.ask((redis) => redis.config('GET', 'save')))
        const appendonly = setting(await link.ask((redis) => redis.config('GET', 'appendonly')))
        if (save === undefined || appendonly === undefined) return undefined
        return save === '' && appendonly === 'no'
      } catch {
        return undefined
      }
    },
  }
}

/** CONFIG GET answers `[name, value]`, and `[]` where a host hides the setting. */
function setting(reply: unknown): unknown {
  return Array.isArray(reply) ? reply[1] : undefined
}
