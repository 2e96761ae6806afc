// The session store: where each dialog stands, marks of unsent ballots, updates seen, locks, rates, pauses and owed screens.
// It may lose everything at any minute: that costs a question or the marks of an unsent ballot, never a vote.

/** A handler keeps its person no longer than this, even if it hangs (milliseconds). */
export const HOLD_MS = 60_000
/** A dead replica's lock frees itself after this; one that lives renews it (milliseconds). */
export const LEASE_MS = 8_000
/** An update is remembered as seen, and its attempts are counted, as long as Telegram may redeliver it. */
export const SEEN_MS = 24 * 3_600_000
/** The pause of all that nobody asked for just now, over the whole fleet. */
export const BULK = 'bulk'
/** The pause of announcements alone, over the whole fleet. */
export const ANNOUNCEMENTS = 'announcements'
/** The pause of replies to everybody. */
export const REPLIES = 'replies'
/** Marks of a ballot that nobody sends live this long. */
export const MARKS_MS = 7 * 24 * 3_600_000

/**
 * What `begin` found. `attempt` is 1 for the first try of this update, 2 after one that did not commit, and so on. `allowed`: whether the
 * wanted rate allows one more.
 */
export type Begun =
  | { state: 'mine'; attempt: number; allowed?: boolean }
  | { state: 'seen' }
  | { state: 'busy' }

/** What an update will need, asked with its lock: until the lock is given back it is answered without the store, see `begin`. */
export interface Wants {
  /** Keys of notes, each with the person's `ofPerson`. */
  notes?: readonly string[]
  /** The ballot whose marks are needed. */
  marks?: string | undefined
  expectation?: boolean
  /** Pauses, each with the person's `ofPerson` too: they are watched from then on by whoever holds the lock. */
  pauses?: readonly string[]
  /** Takes a token, as `allow` does, of the person's own bucket of this name. */
  rate?: { key: string; limit: number; windowMs: number }
}

/** A person's id; a text for an update that comes from nobody. */
export type PersonId = number | string

/** So many parts keep all people. What one person's update touches lies in one part, so that one step may change it. */
export const PARTS = 4

/** The part that a person's things lie in, from 0. */
export function partOf(person: PersonId): number {
  const id = String(person)
  let sum = 0
  for (let at = 0; at < id.length; at++) sum += id.charCodeAt(at)
  return sum % PARTS
}

/** What a key of a person's own says of whose it is: by the braces a store that is spread over several servers keeps each part on one. */
export const ofPerson = (person: PersonId): string => `{${partOf(person)}}:${person}`

/**
 * A screen that a chat waits for: the button or command that draws it again (ids, never words or marks; empty = there is none), and the
 * message that it stands in place of. `update`: what it answers.
 */
export interface Owed {
  update: number
  by: string
  message?: number
  /** What was spoken, where nobody chose a language: Telegram tells that of a phone with its own updates only. */
  language?: string
}

/** What becomes of a screen as its update ends: it is in the chat, or it (or another one) is due in `inMs`. */
export type Settled =
  | { kind: 'paid' }
  | { kind: 'later'; inMs: number }
  | { kind: 'owed'; owed: Owed; inMs: number }

/** An owed screen whose time has come. */
export interface DueScreen {
  person: string
  owed: Owed
}

/**
 * One interface over Redis (a fleet of replicas) and memory (one process). `person`, `ballot` and `key` are ids and
 * never a name or a phone. Every method throws within about a second when the store is away, except `release`.
 */
export interface Session {
  /**
   * Takes the person's lock for one update; who came first in this process is served first.
   * `seen`: this update was committed before, and no lock is held. `busy`: the lock was not free within `waitMs`
   * milliseconds (0 = try once). Only a begin that gets the lock counts as an attempt. The lock frees itself after
   * `HOLD_MS` (60 s), and `LEASE_MS` (8 s) after its holder died. What is `wanted` is the holder's alone meanwhile: it is read with
   * the lock, and what is changed of it is written with `commit`, later with `release`.
   */
  begin(person: PersonId, update: number, waitMs: number, wanted?: Wants): Promise<Begun>
  /** The attempts of this update do not count: it was a store that failed, not the update. One that was seen stays seen. */
  forgive(person: PersonId, update: number): Promise<void>
  /**
   * Marks the update as seen for 24 h; the lock stays until `release`. In one step, and seen last: what was changed since `begin`, the screen
   * that the chat is `owed` from now on, due `inMs` later, and that the update was seen.
   */
  commit(person: PersonId, update: number, screen?: { owed: Owed; inMs: number }): Promise<void>
  /**
   * Gives the person's lock back with what was changed since `commit`, if this process still holds it; with `update`, only if it holds it for that update
   * (so that a handler that outlived its watchdog frees nobody else's). Never throws: what cannot be given back lapses. `settled`: what
   * becomes of the screen that answers `update`, in the same step, whoever holds the lock.
   */
  release(person: PersonId, update?: number, settled?: Settled): Promise<void>
  /** The marked projects of a ballot that this person opened, in order; `[]` = opened, nothing marked; undefined = never marked, or lost. */
  marks(person: PersonId, ballot: string): Promise<readonly string[] | undefined>
  /** Replaces the marks, for 7 days from now. */
  setMarks(person: PersonId, ballot: string, projects: readonly string[]): Promise<void>
  /** Forgets the marks of these ballots: `marks` then answers undefined. */
  eraseMarks(person: PersonId, ...ballots: string[]): Promise<void>
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
   * Takes the fleet's next `turns` at an even pace: milliseconds until the first (0 = now), the others follow it by `spacing`. No second
   * holds more than `perSecond` turns, for they stand apart; one that nobody took in its time is not made up for. Whoever took one and
   * does not use it has lost it.
   */
  turn(key: string, perSecond: number, turns?: number): Promise<number>
  /** The person's chat waits for this screen, in place of any other; it is due in `inMs` unless it is paid before. */
  owe(person: PersonId, owed: Owed, inMs: number): Promise<void>
  /** The screen that answers this update is in the chat; a later one is still owed. */
  paid(person: PersonId, update: number): Promise<void>
  /** The screen that answers this update is due in `inMs` from now; false when it is not owed any more. */
  oweLater(person: PersonId, update: number, inMs: number): Promise<boolean>
  /** At most `most` owed screens that are due, the oldest of a part first. For `holdMs` they are this caller's; then they are due again. */
  claimOwed(most: number, holdMs: number): Promise<DueScreen[]>
  /** Pauses something for the whole fleet (Telegram's 429). A pause is never shortened. */
  pause(key: string, ms: number): Promise<void>
  /** Milliseconds left of the pause; 0 = none. */
  pausedFor(key: string): Promise<number>
  /** Resolves when the store answers, throws when it is away. */
  ready(): Promise<void>
  /** Lets go of the store. */
  close(): Promise<void>
}
