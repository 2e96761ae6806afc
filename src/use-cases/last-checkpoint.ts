// The signed tree head of a cycle's log, as it is published.
import { cycleByName } from '../store/cycles.ts'
import { lastHead } from '../store/log.ts'
import type { App } from './app.ts'

/** The C2SP note of the last head, or undefined when there is no such cycle or nothing is numbered yet. */
export async function lastCheckpoint(app: App, slug: string): Promise<string | undefined> {
  const cycle = await cycleByName(app.db, slug)
  return cycle && (await lastHead(app.db, cycle.id))?.note
}
