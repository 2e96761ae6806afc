// What every feature of the bot gets: the use cases' App, the session store, and how the bot is called.
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Session } from '../session/session.ts'
import type { App } from '../use-cases/app.ts'
import type { Expectation } from './expectation.ts'

export interface BotParts {
  app: App
  session: Session
  log: Log
  metrics: Metrics
  /** Without the @: for links that forward well. */
  username: string
}

/** A link that opens the bot, e.g. `https://t.me/dauys_bot?start=v_12`. */
export const startLink = (parts: { username: string }, payload: string): string =>
  `https://t.me/${parts.username}?start=${payload}`

/** Expects something of the person's next message, for an hour unless told. */
export const expect = (parts: BotParts, person: number, what: Expectation, seconds = 3600): Promise<void> =>
  parts.session.expect(String(person), what, seconds)
