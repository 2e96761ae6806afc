// The session store of a fleet: Redis, which may be flushed at any minute and keeps nothing on disk.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Change, change, keptByTurn } from './kept.ts'
import { owedKeys, owedScreens } from './owed.ts'
import { spacing } from './rate.ts'
import { redisLink } from './redis-link.ts'
import { BUSY, SEEN } from './redis-scripts.ts'
import {
  HOLD_MS,
  LEASE_MS,
  MARKS_MS,
  ofPerson,
  type PersonId,
  SEEN_MS,
  type Session,
  type Settled,
  type Wants,
} from './session.ts'
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

// What one script touches stands on one server of a Redis Cluster: its keys end with `ofPerson`.
const updateKey = (person: PersonId, update: number): string => `update:${ofPerson(person)}:${update}`
const lockKey = (person: PersonId): string => `lock:${ofPerson(person)}`
const marksKey = (person: PersonId, ballot: string): string => `marks:${ofPerson(person)}:${ballot}`
const expectKey = (person: PersonId): string => `expect:${ofPerson(person)}`
const noteKey = (key: string): string => `note:${key}`
const rateKey = (key: string): string => `rate:${key}`
const pauseKey = (key: string): string => `pause:${key}`

/** A pause as a turn keeps it: the moment of its end, of `performance.now()`. */
const endOf = (ms: number): string => String(performance.now() + ms)
const leftOf = (end: string | null | undefined): number => Math.max(0, Number(end ?? 0) - performance.now())

const keysOf = (person: PersonId, { notes = [], marks, expectation }: Wants): string[] => [
  ...notes.map(noteKey),
  ...(marks === undefined ? [] : [marksKey(person, marks)]),
  ...(expectation ? [expectKey(person)] : []),
]

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

  const kept = keptByTurn((person, update) => line.held(person)?.update === update)

  /** Gives a lock back, with what its turn has changed and what becomes of its screen. */
  const unlock = async (
    person: PersonId,
    update: number,
    token: string,
    changes: readonly [string, Change][] = [],
    settled?: Settled,
  ): Promise<void> => {
    const keys = [lockKey(person), ...owedKeys(person), ...changes.map(([key]) => key)]
    const screen = settled?.kind === 'owed' ? JSON.stringify(settled.owed) : ''
    const inMs = settled === undefined || settled.kind === 'paid' ? 0 : settled.inMs
    const args = [token, settled?.kind ?? '', String(person), update, screen, inMs, ...writtenOf(changes)]
    await link.ask((redis) => redis.sessionFinish(keys.length, ...keys, ...args)).catch(() => undefined)
  }
  /** As long as this process lives, what it holds stays locked: until it is given back, or kept too long. */
  const renewing = setInterval(() => {
    for (const { person, token, until } of line.locks()) {
      const ms = Math.round(Math.min(leaseMs, until - performance.now()))
      if (ms > 0)
        void link.ask((redis) => redis.sessionRenew(lockKey(person), token, ms)).catch(() => undefined)
    }
  }, leaseMs / RENEWALS)
  renewing.unref()
  const json = async (key: string): Promise<unknown> => {
    const turn = kept.of(key)
    const stored = turn ? turn.values.get(key) : await link.ask((redis) => redis.get(key))
    return stored === null || stored === undefined ? undefined : (JSON.parse(stored) as unknown)
  }
  const put = async (key: string, value: unknown, lives: number): Promise<void> => {
    const [turn, stored, ms] = [kept.of(key), JSON.stringify(value), Math.max(1, Math.round(lives))]
    if (turn) return change(turn, key, stored, ms)
    await link.ask((redis) => redis.set(key, stored, 'PX', ms))
  }
  const erase = async (keys: readonly string[]): Promise<void> => {
    const others: string[] = []
    for (const key of keys) {
      const turn = kept.of(key)
      if (turn) change(turn, key, null, 0)
      else others.push(key)
    }
    if (others.length > 0) await link.ask((redis) => redis.del(others))
  }
  /** Asks for the lock until `deadline`: the attempt's number, `SEEN` or `BUSY`. A lock of this instance is ours: its turn has come. */
  const lock = async (person: PersonId, update: number, token: string, deadline: number, wanted: Wants) => {
    const { rate } = wanted
    const paused = (wanted.pauses ?? []).map(pauseKey)
    const read = [...keysOf(person, wanted), ...paused]
    const keys = [
      updateKey(person, update),
      lockKey(person),
      rateKey(`${rate?.key ?? ''}:${ofPerson(person)}`),
      ...read,
    ]
    for (let step = FIRST_POLL_MS; ; step = Math.min(step * 2, SLOWEST_POLL_MS)) {
      const [found, allowed, ...values] = await link.ask(
        (redis) =>
          redis.sessionBegin(
            keys.length,
            ...keys,
            token,
            instance,
            leaseMs,
            SEEN_MS,
            rate?.limit ?? 0,
            rate?.windowMs ?? 0,
            paused.length,
          ),
        ([late]) => late > BUSY && void unlock(person, update, token),
      )
      const left = deadline - performance.now()
      if (found !== BUSY || left <= 0) {
        const kept = new Map(read.map((key, at) => [key, values[at] ?? null]))
        for (const key of paused) kept.set(key, endOf(Number(kept.get(key))))
        return { found, allowed: allowed === 1, values: kept }
      }
      await sleep(Math.min(left, step * (0.5 + Math.random())))
    }
  }

  return {
    async begin(person, update, waitMs, wanted = {}) {
      const deadline = performance.now() + waitMs
      const turn = await line.take(person, update, waitMs)
      if (!turn) return { state: 'busy' }
      begun += 1
      const token = `${instance}${begun}`
      try {
        const { found, allowed, values } = await lock(person, update, token, deadline, wanted)
        if (found > BUSY) {
          line.hold(turn, token)
          kept.keep(String(person), update, values)
          return { state: 'mine', attempt: found, ...(wanted.rate && { allowed }) }
        }
        line.give(turn)
        return { state: found === SEEN ? 'seen' : 'busy' }
      } catch (error) {
        line.give(turn)
        // Redis may have taken the lock although its answer was lost.
        void unlock(person, update, token)
        throw error
      }
    },
    async forgive(person, update) {
      await link.ask((redis) => redis.sessionForgive(updateKey(person, update)))
    },
    async commit(person, update, screen) {
      const changes = kept.changed(String(person), update)
      const keys = [updateKey(person, update), ...owedKeys(person), ...changes.map(([key]) => key)]
      const owed = screen ? JSON.stringify(screen.owed) : ''
      const args = [SEEN_MS, String(person), update, owed, screen?.inMs ?? 0, ...writtenOf(changes)]
      await link.ask((redis) => redis.sessionCommit(keys.length, ...keys, ...args))
    },
    async release(person, update, settled) {
      const turn = line.held(person)
      if (turn?.token === undefined || (update !== undefined && update !== turn.update)) {
        // The turn lapsed; the screen is settled all the same, and no lock has this token.
        if (settled && update !== undefined) await unlock(person, update, '', [], settled)
        return
      }
      const changes = kept.changed(turn.person, turn.update)
      kept.drop(turn.person, turn.update)
      await unlock(person, turn.update, turn.token, changes, settled)
      line.give(turn)
    },
    marks: async (person, ballot) => (await json(marksKey(person, ballot))) as string[] | undefined,
    setMarks: (person, ballot, projects) => put(marksKey(person, ballot), projects, MARKS_MS),
    eraseMarks: (person, ...ballots) => erase(ballots.map((ballot) => marksKey(person, ballot))),
    expectation: (person) => json(expectKey(person)),
    expect: (person, what, ttlSeconds) => put(expectKey(person), what, ttlSeconds * 1000),
    expectNothing: (person) => erase([expectKey(person)]),
    note: (key) => json(noteKey(key)),
    setNote: (key, what, ttlSeconds) => put(noteKey(key), what, ttlSeconds * 1000),
    eraseNotes: (...keys) => erase(keys.map(noteKey)),
    async allow(key, limit, windowMs) {
      return (await link.ask((redis) => redis.sessionAllow(rateKey(key), limit, windowMs))) === 1
    },
    async turn(key, perSecond, turns = 1) {
      const ms = spacing(perSecond) * turns
      return Number(await link.ask((redis) => redis.sessionTurn(`turn:${key}`, ms)))
    },
    async pause(key, ms) {
      if (ms <= 0) return
      const turn = kept.of(pauseKey(key))
      if (turn && ms > leftOf(turn.values.get(pauseKey(key)))) turn.values.set(pauseKey(key), endOf(ms))
      await link.ask((redis) => redis.sessionPause(pauseKey(key), Math.ceil(ms)))
    },
    async pausedFor(key) {
      const turn = kept.of(pauseKey(key))
      if (turn) return leftOf(turn.values.get(pauseKey(key)))
      return Math.max(0, await link.ask((redis) => redis.pttl(pauseKey(key))))
    },
    ...owedScreens(link),
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

/** Of each change what the scripts write. */
const writtenOf = (changes: readonly [string, Change][]): (string | number)[] =>
  changes.flatMap(([, { value, ms, asItWas }]) => [asItWas ? '' : (value ?? ''), value === null ? 0 : ms])

/** CONFIG GET answers `[name, value]`, and `[]` where a host hides the setting. */
function setting(reply: unknown): unknown {
  return Array.isArray(reply) ? reply[1] : undefined
}
