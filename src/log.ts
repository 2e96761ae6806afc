// The program's log: JSON lines with named facts only. An error is never logged whole: its text may hold what a person wrote.
import { pino } from 'pino'

export type Facts = Record<string, string | number | boolean | undefined>
export interface Log {
  info(event: string, facts?: Facts): void
  warn(event: string, facts?: Facts): void
  error(event: string, facts?: Facts): void
}

/** A log of one line an event, each with the facts of `base`. `write` takes the place of standard output in tests. */
export function createLog(level: string, write?: (line: string) => void, base: Facts | null = null): Log {
  const options = { level, base, timestamp: () => `,"time":"${new Date().toISOString()}"` }
  const logger = write ? pino(options, { write }) : pino(options)
  return {
    info: (event, facts = {}) => logger.info(facts, event),
    warn: (event, facts = {}) => logger.warn(facts, event),
    error: (event, facts = {}) => logger.error(facts, event),
  }
}

const field = (value: unknown, name: string): string | undefined => {
  if (typeof value !== 'object' || value === null || !(name in value)) return undefined
  const found = (value as Record<string, unknown>)[name]
  return typeof found === 'string' || typeof found === 'number' ? String(found).slice(0, 80) : undefined
}

/** What may be said of an error: its name, SQLSTATE, constraint, API code and where it happened; never its message. */
export function errorFacts(error: unknown): Facts {
  const cause = field(error, 'name') !== undefined ? (error as { cause?: unknown }).cause : undefined
  const stack = error instanceof Error ? error.stack : undefined
  return {
    error: error instanceof Error ? error.name : typeof error,
    code: field(cause, 'code') ?? field(error, 'code'),
    constraint: field(cause, 'constraint_name') ?? field(error, 'constraint_name'),
    api: field(error, 'error_code'),
    method: field(error, 'method'),
    where: stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line) && !line.includes('node_modules'))
      .slice(0, 4)
      .map((line) => line.trim())
      .join(' < '),
  }
}
