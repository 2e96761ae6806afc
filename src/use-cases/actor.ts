// Who did a staff act, as the log may say it: a command, the clock, or the keyed hash of an account.
import { createHmac } from 'node:crypto'
import type { App } from './app.ts'

/** The Telegram id of a person, or what acted without one. */
export type Actor = number | 'command' | 'clock'

export const isAccount = (by: Actor): by is number => typeof by === 'number'

/** HMAC-SHA256 of an account under the installation's pepper, hex: one person's acts can be told together, not who it is. */
export const accountMark = (app: App, account: number): string =>
  createHmac('sha256', app.secrets.pepper(0)).update(String(account)).digest('hex')

export const markOf = (app: App, by: Actor): string => (typeof by === 'number' ? accountMark(app, by) : by)
