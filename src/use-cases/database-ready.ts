// Does PostgreSQL answer?
import type { App } from './app.ts'

/** Resolves when it does, throws what keeps it from answering. */
export async function databaseReady(app: App): Promise<void> {
  await app.db.sql`select 1`
}
