// What every feature of the bot gets: the use cases' App, the session store, how the bot is called, and the way to the others.
import type { Texts } from '../i18n.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { ofPerson, type Session } from '../session/session.ts'
import type { App } from '../use-cases/app.ts'
import type { MediaStore } from '../use-cases/copy-idea-media.ts'
import type { PracticeOf } from '../use-cases/read-practice.ts'
import { botLink, type Linked } from '../words/links.ts'
import type { Download } from './download.ts'
import type { Doors } from './doors.ts'
import type { Expectation } from './expectations.ts'
import type { Pace } from './pace.ts'
import type { Routes } from './routes.ts'
import type { TalkOf } from './talk.ts'
import type { HowVoices } from './voice.ts'

export interface BotParts {
  app: App
  session: Session
  log: Log
  metrics: Metrics
  /** What people sent, as bytes. */
  download: Download
  /** Without the @: for links that forward well. */
  username: string
  /** Where the public pages lie for others; unknown where none is configured. */
  publicUrl?: string | undefined
}

export interface FeatureParts extends BotParts {
  talkOf: TalkOf
  pace: Pace
  textsOf: Texts
  practiceOf: PracticeOf
  /** Of private chats: filled by the features as they are made. */
  routes: Routes
  /** Filled once all features are made: to be used by handlers, not while a feature is built. */
  doors: Doors
  /** Where photos and voice notes of projects lie. */
  mediaFolder: string
  /** Where copies of photos that came through Telegram or a command lie; undefined: there are none. */
  copies: MediaStore | undefined
  /** "How it works" as a voice note. */
  howVoices: HowVoices
}

/** A link that opens the bot, e.g. `https://t.me/dauys_bot?start=v_12`. */
export const startLink = ({ username }: { username: string }, payload: string): string =>
  botLink(username, payload)

/** What links of public pages are made of. */
export const linked = ({ username, publicUrl }: BotParts): Linked => ({ bot: username, publicUrl })

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
export const dialogNote = (person: number | string): string => `dialog:${ofPerson(person)}`

/** Which messages of a person's chat show marks of a ballot. */
export const openScreensNote = (person: number | string): string => `ballots:${ofPerson(person)}`
