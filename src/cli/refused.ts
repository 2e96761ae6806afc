// What a command could not do, as a text that is put into the reader's language where the command ends.
import type { Facts, Key, T } from '../i18n.ts'

const NAME = 'Refusal'

export interface Refused extends Error {
  /** The error whose message the reader sees. */
  in(t: T): Error
}

/** Ends the command with exit code 1. `say`: the whole of what the reader sees; `name` stands in for it in a test. */
export const refusedBy = (say: (t: T) => string, name = 'refused'): Refused =>
  Object.assign(new Error(name), { name: NAME, in: (t: T) => refusal(say(t)) })

/** The same, of one text. `facts`: texts in no language, or numbers. */
export const refused = (key: Key, facts?: Facts): Refused => refusedBy((t) => t(key, facts), key)

/** What the clerk must know, in the reader's language already. */
export const refusal = (line: string): Error => Object.assign(new Error(line), { name: NAME })

export const isRefusal = (error: unknown): error is Error => error instanceof Error && error.name === NAME

/** As it is shown; whatever is no refusal stays as it is. */
export const spoken = (t: T, error: unknown): unknown =>
  isRefusal(error) && 'in' in error ? (error as Refused).in(t) : error
