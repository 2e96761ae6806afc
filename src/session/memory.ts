// The session store of one process: for the sandbox, for tests, and for a pilot on one machine.
import { nextTurn, spacing, takeToken } from './rate.ts'
import {
  HOLD_MS,
  MARKS_MS,
  ofPerson,
  type Owed,
  type PersonId,
  SEEN_MS,
  type Session,
  type Settled,
} from './session.ts'
import { turns } from './turns.ts'

const SWEEP_EVERY = 1000
/** In place of the number of tries. */
const SEEN = -1
const updateKey = (person: PersonId, update: number): string => `update:${person}:${update}`

/** A map whose entries lapse, on the given clock. */
function lapsing<T>(now: () => number) {
  const entries = new Map<string, { value: T; until: number }>()
  let writes = 0
  const get = (key: string): T | undefined => {
    const entry = entries.get(key)
    if (entry && entry.until > now()) return entry.value
    if (entry) entries.delete(key)
    return undefined
  }
  const set = (key: string, value: T, ms: number): void => {
    entries.set(key, { value, until: now() + ms })
    writes += 1
    if (writes % SWEEP_EVERY === 0) for (const old of entries.keys()) get(old)
  }
  return {
    get,
    set,
    left: (key: string) => Math.max(0, (entries.get(key)?.until ?? 0) - now()),
    erase: (key: string) => void entries.delete(key),
  }
}

/**
 * A session store in the memory of this process; a restart loses it, as a flush of Redis would.
 * `now` is the clock of all time limits except waiting and how long a lock is kept (`holdMs`), which run in real time.
 */
export function memorySession(now: () => number = Date.now, options: { holdMs?: number } = {}): Session {
  const line = turns(options.holdMs ?? HOLD_MS)
  const text = lapsing<string>(now)
  const count = lapsing<number>(now)
  const screens = new Map<string, { owed: Owed; dueAt: number }>()

  const json = (key: string): unknown => {
    const stored = text.get(key)
    return stored === undefined ? undefined : (JSON.parse(stored) as unknown)
  }

  const allow = (key: string, limit: number, windowMs: number): boolean => {
    const fullAt = takeToken(count.get(`rate:${key}`), now(), limit, windowMs)
    if (fullAt === undefined) return false
    count.set(`rate:${key}`, fullAt, fullAt - now())
    return true
  }

  const owe = (person: PersonId, owed: Owed, inMs: number): void => {
    screens.set(String(person), { owed, dueAt: now() + inMs })
  }
  /** False when another screen is owed, or none. */
  const settle = (person: PersonId, update: number, settled: Exclude<Settled, { kind: 'owed' }>): boolean => {
    const kept = screens.get(String(person))
    if (kept?.owed.update !== update) return false
    if (settled.kind === 'later') kept.dueAt = now() + settled.inMs
    else screens.delete(String(person))
    return true
  }

  return {
    async begin(person, update, waitMs, { rate } = {}) {
      const turn = await line.take(person, update, waitMs)
      if (!turn) return { state: 'busy' }
      const tries = count.get(updateKey(person, update)) ?? 0
      if (tries === SEEN) {
        line.give(turn)
        return { state: 'seen' }
      }
      const attempt = tries + 1
      count.set(updateKey(person, update), attempt, SEEN_MS)
      line.hold(turn, 'held')
      if (!rate) return { state: 'mine', attempt }
      return {
        state: 'mine',
        attempt,
        allowed: allow(`${rate.key}:${ofPerson(person)}`, rate.limit, rate.windowMs),
      }
    },
    async forgive(person, update) {
      if (count.get(updateKey(person, update)) !== SEEN) count.erase(updateKey(person, update))
    },
    async commit(person, update, screen) {
      if (screen) owe(person, screen.owed, screen.inMs)
      count.set(updateKey(person, update), SEEN, SEEN_MS)
    },
    async release(person, update, settled) {
      const turn = line.held(person)
      if (settled?.kind === 'owed') owe(person, settled.owed, settled.inMs)
      else if (settled && update !== undefined) settle(person, update, settled)
      if (turn && (update === undefined || update === turn.update)) line.give(turn)
    },
    async marks(person, ballot) {
      return json(`marks:${person}:${ballot}`) as string[] | undefined
    },
    async setMarks(person, ballot, projects) {
      text.set(`marks:${person}:${ballot}`, JSON.stringify(projects), MARKS_MS)
    },
    async eraseMarks(person, ...ballots) {
      for (const ballot of ballots) text.erase(`marks:${person}:${ballot}`)
    },
    async expectation(person) {
      return json(`expect:${person}`)
    },
    async expect(person, what, ttlSeconds) {
      text.set(`expect:${person}`, JSON.stringify(what), ttlSeconds * 1000)
    },
    async expectNothing(person) {
      text.erase(`expect:${person}`)
    },
    async note(key) {
      return json(`note:${key}`)
    },
    async setNote(key, what, ttlSeconds) {
      text.set(`note:${key}`, JSON.stringify(what), ttlSeconds * 1000)
    },
    async eraseNotes(...keys) {
      for (const key of keys) text.erase(`note:${key}`)
    },
    allow: async (key, limit, windowMs) => allow(key, limit, windowMs),
    async turn(key, perSecond, turns = 1) {
      const moment = now()
      const at = nextTurn(count.get(`turn:${key}`), moment)
      const next = at + spacing(perSecond) * turns
      count.set(`turn:${key}`, next, next - moment)
      return at - moment
    },
    async pause(key, ms) {
      if (ms > count.left(`pause:${key}`)) count.set(`pause:${key}`, 1, ms)
    },
    async pausedFor(key) {
      return Math.ceil(count.left(`pause:${key}`))
    },
    owe: async (person, owed, inMs) => owe(person, owed, inMs),
    async paid(person, update) {
      settle(person, update, { kind: 'paid' })
    },
    oweLater: async (person, update, inMs) => settle(person, update, { kind: 'later', inMs }),
    async claimOwed(most, holdMs) {
      const due = [...screens].filter(([, { dueAt }]) => dueAt <= now())
      const claimed = due.sort(([, a], [, b]) => a.dueAt - b.dueAt).slice(0, most)
      for (const [, kept] of claimed) kept.dueAt = now() + holdMs
      return claimed.map(([person, { owed }]) => ({ person, owed }))
    },
    async ready() {},
    async close() {},
  }
}
