// What every feature of the bot gets: the use cases' App, the session store, how the bot is called, and the way to the others.
import type { Texts } from '../i18n.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Session } from '../session/session.ts'
import type { App } from '../use-cases/app.ts'
import type { Doors } from './doors.ts'
import type { Expectation } from './expectations.ts'
import type { TalkOf } from './talk.ts'

export interface BotParts {
  app: App
  session: Session
  log: Log
  metrics: Metrics
  /** Without the @: for links that forward well. */
  username: string
}

export interface FeatureParts extends BotParts {
  talkOf: TalkOf
  textsOf: Texts
  /** Filled once all features are made: to be used by handlers, not while a feature is built. */
  doors: Doors
  /** Where photos and voice notes of projects lie. */
  mediaFolder: string
}

/** A link that opens the bot, e.g. `https://t.me/dauys_bot?start=v_12`. */
export const startLink = (parts: { username: string }, payload: string): string =>
  `https://t.me/${parts.username}?start=${payload}`

/** Expects something of the person's next message, for an hour unless told; a dialog that is at work is left. */
export async function expect(
  { session }: BotParts,
  person: number,
  what: Expectation,
  seconds = 3600,
): Promise<void> {
  await Promise.all([session.expect(person, what, seconds), session.eraseNotes(dialogNote(person))])
}

/** Nothing is expected any more, and a dialog that is at work is left. */
export async function leave({ session }: BotParts, person: number): Promise<void> {
  await Promise.all([session.expectNothing(person), session.eraseNotes(dialogNote(person))])
}

/** Where a person's dialog stands. A private chat has the person's own number. */
export const dialogNote = (person: number): string => `dialog:${person}`

/** Which messages of a person's chat show marks of a ballot. */
export const openScreensNote = (person: number): string => `ballots:${person}`
