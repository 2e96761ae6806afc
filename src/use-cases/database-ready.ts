// Can a vote be recorded: does PostgreSQL answer, and are the tables free that a press writes?
import { writable } from '../store/clock.ts'
import type { App } from './app.ts'

/** Resolves when it can, within two seconds throws what keeps it from it: a server that is away, or a table that somebody holds locked. */
export const databaseReady = ({ db }: App): Promise<void> => writable(db)
