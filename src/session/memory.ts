// The session store of one process: for the sandbox, for tests, and for a pilot on one machine.
import { nextTurn, spacing, takeToken } from './rate.ts'
import { HOLD_MS, MARKS_MS, SEEN_MS, type Session } from './session.ts'
import { turns } from './turns.ts'

const SWEEP_EVERY = 1000

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

  const json = (key: string): unknown => {
    const stored = text.get(key)
    return stored === undefined ? undefined : (JSON.parse(stored) as unknown)
  }

  return {
    async begin(person, update, waitMs) {
      const turn = await line.take(person, update, waitMs)
      if (!turn) return { state: 'busy' }
      if (count.get(`seen:${update}`) !== undefined) {
        line.give(turn)
        return { state: 'seen' }
      }
      const attempt = (count.get(`try:${update}`) ?? 0) + 1
      count.set(`try:${update}`, attempt, SEEN_MS)
      line.hold(turn, 'held')
      return { state: 'mine', attempt }
    },
    async forgive(update) {
      count.erase(`try:${update}`)
    },
    async commit(update) {
      count.set(`seen:${update}`, 1, SEEN_MS)
    },
    async release(person, update) {
      const turn = line.held(person)
      if (turn && (update === undefined || update === turn.update)) line.give(turn)
    },
    async marks(ballot) {
      return json(`marks:${ballot}`) as string[] | undefined
    },
    async setMarks(ballot, projects) {
      text.set(`marks:${ballot}`, JSON.stringify(projects), MARKS_MS)
    },
    async eraseMarks(...ballots) {
      for (const ballot of ballots) text.erase(`marks:${ballot}`)
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
    async allow(key, limit, windowMs) {
      const fullAt = takeToken(count.get(`rate:${key}`), now(), limit, windowMs)
      if (fullAt === undefined) return false
      count.set(`rate:${key}`, fullAt, fullAt - now())
      return true
    },
    async turn(key, perSecond) {
      const moment = now()
      const at = nextTurn(count.get(`turn:${key}`), moment)
      const next = at + spacing(perSecond)
      count.set(`turn:${key}`, next, next - moment)
      return at - moment
    },
    async pause(key, ms) {
      if (ms > count.left(`pause:${key}`)) count.set(`pause:${key}`, 1, ms)
    },
    async pausedFor(key) {
      return Math.ceil(count.left(`pause:${key}`))
    },
    async ready() {},
    async close() {},
  }
}
