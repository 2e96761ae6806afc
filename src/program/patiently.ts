// A start while something that it needs is still away: asked again for a while, then given up with the name of the setting.
import { setTimeout as pause } from 'node:timers/promises'
import { GrammyError, HttpError } from 'grammy'

const FIRST_MS = 200
const LONGEST_MS = 2_000

export interface Patience {
  /** What is asked, and the variable that says where it is: `PostgreSQL (DATABASE_URL)`. */
  what: string
  /** Whole seconds; 0: asked once. */
  seconds: number
  /** Is this an error of somebody who is away, and not of somebody who said no? */
  away: (error: unknown) => boolean
  say: (line: string) => void
}

/**
 * The value of `act`, tried again while it is away. Throws its error as it is when it is another one, and one line that names
 * `what` when the seconds are over.
 */
export async function patiently<T>(
  act: () => Promise<T>,
  { what, seconds, away, say }: Patience,
): Promise<T> {
  const until = performance.now() + seconds * 1000
  for (let attempt = 0; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      if (!away(error)) throw error
      if (performance.now() >= until)
        throw new Error(
          `${what} does not answer${codeOf(error)}${seconds > 0 ? `; waited ${seconds} seconds` : ''}`,
        )
      if (attempt === 0) say(`Waiting for ${what}…`)
      await pause(Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS, Math.max(0, until - performance.now())))
    }
  }
}

/** A code says enough, and holds neither a password nor a token as a message may. */
function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; typeof at === 'object' && at !== null && depth < 4; depth++) {
    const { code, cause, error: inner } = at as { code?: unknown; cause?: unknown; error?: unknown }
    if (typeof code === 'string' && code) return ` (${code})`
    at = cause ?? inner
  }
  return ''
}

export type Wait = <T>(what: string, away: (error: unknown) => boolean, act: () => Promise<T>) => Promise<T>

/** Containers of one host are started in any order: a start waits so many seconds for each thing that it needs. */
export const waiting =
  (seconds: number, say: (line: string) => void): Wait =>
  (what, away, act) =>
    patiently(act, { what, seconds, away, say })

/** No answer, or one of a server that is in trouble itself; a token that is refused is another matter. */
export const telegramAway = (error: unknown): boolean =>
  error instanceof HttpError || (error instanceof GrammyError && error.error_code >= 500)

/** A server that listens; a port that is not to be had is told by the variable that says which. */
export async function listening<T>(variable: string, port: number, server: Promise<T>): Promise<T> {
  try {
    return await server
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'EADDRINUSE') throw new Error(`${variable}: port ${port} is taken by another program`)
    if (code === 'EACCES') throw new Error(`${variable}: port ${port} may not be opened by this user`)
    throw error
  }
}
