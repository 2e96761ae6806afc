// The session store: where each dialog stands, marks of unsent ballots, updates seen, locks, rates and pauses.
// It may lose everything at any minute: that costs a question or the marks of an unsent ballot, never a vote.

/** A handler keeps its person no longer than this, even if it hangs (milliseconds). */
export const HOLD_MS = 60_000
/** A dead replica's lock frees itself after this; one that lives renews it (milliseconds). */
export const LEASE_MS = 8_000
/** An update is remembered as seen, and its attempts are counted, as long as Telegram may redeliver it. */
export const SEEN_MS = 24 * 3_600_000
/** Marks of a ballot that nobody sends live this long. */
export const MARKS_MS = 7 * 24 * 3_600_000

/** What `begin` found. `attempt` is 1 for the first try of this update, 2 after one that did not commit, and so on. */
export type Begun = { state: 'mine'; attempt: number } | { state: 'seen' } | { state: 'busy' }

/** A person's id; a text for an update that comes from nobody. */
export type PersonId = number | string

/**
 * One interface over Redis (a fleet of replicas) and memory (one process). `person`, `ballot` and `key` are ids and
 * never a name or a phone. Every method throws within about a second when the store is away, except `release`.
 */
export interface Session {
  /**
   * Takes the person's lock for one update; who came first in this process is served first.
   * `seen`: this update was committed before, and no lock is held. `busy`: the lock was not free within `waitMs`
   * milliseconds (0 = try once). Only a begin that gets the lock counts as an attempt. The lock frees itself after
   * `HOLD_MS` (60 s), and `LEASE_MS` (8 s) after its holder died.
   */
  begin(person: PersonId, update: number, waitMs: number): Promise<Begun>
  /** The attempts of this update do not count: it was a store that failed, not the update. */
  forgive(update: number): Promise<void>
  /** Marks the update as seen for 24 h; the lock stays until `release`. */
  commit(update: number): Promise<void>
  /**
   * Gives the person's lock back, if this process still holds it; with `update`, only if it holds it for that update
   * (so that a handler that outlived its watchdog frees nobody else's). Never throws: what cannot be given back lapses.
   */
  release(person: PersonId, update?: number): Promise<void>
  /** The marked projects of an opened ballot, in order; `[]` = opened, nothing marked; undefined = never marked, or lost. */
  marks(ballot: string): Promise<readonly string[] | undefined>
  /** Replaces the marks, for 7 days from now. */
  setMarks(ballot: string, projects: readonly string[]): Promise<void>
  /** Forgets the marks of these ballots: `marks` then answers undefined. */
  eraseMarks(...ballots: string[]): Promise<void>
  /** What the next message of this person is expected to be (plain JSON); undefined when nothing is expected. */
  expectation(person: PersonId): Promise<unknown>
  /** Expects something (a JSON object) for `ttlSeconds`; it replaces what was expected before. */
  expect(person: PersonId, what: object, ttlSeconds: number): Promise<void>
  /** Expects nothing any more. */
  expectNothing(person: PersonId): Promise<void>
  /** What was noted under this key (plain JSON); undefined when nothing is, or no longer. */
  note(key: string): Promise<unknown>
  /** Notes something (a JSON object) for `ttlSeconds` from now, in place of what stood there. */
  setNote(key: string, what: object, ttlSeconds: number): Promise<void>
  /** Forgets what was noted under these keys. */
  eraseNotes(...keys: string[]): Promise<void>
  /** Token bucket: true when one more is allowed of `limit` per `windowMs`, refilled evenly; a refusal costs nothing. */
  allow(key: string, limit: number, windowMs: number): Promise<boolean>
  /**
   * Takes the fleet's next turn at an even pace: milliseconds until it (0 = now). No second holds more than `perSecond` turns, for
   * they stand apart; one that nobody took in its time is not made up for. Whoever took one and does not use it has lost it.
   */
  turn(key: string, perSecond: number): Promise<number>
  /** Pauses something for the whole fleet (Telegram's 429). A pause is never shortened. */
  pause(key: string, ms: number): Promise<void>
  /** Milliseconds left of the pause; 0 = none. */
  pausedFor(key: string): Promise<number>
  /** Resolves when the store answers, throws when it is away. */
  ready(): Promise<void>
  /** Lets go of the store. */
  close(): Promise<void>
}
