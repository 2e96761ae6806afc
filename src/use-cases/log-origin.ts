// The name of a log: the installation's, then the cycle's short name. It heads every checkpoint.
import { cycleById } from '../store/cycles.ts'
import { INSTALLATION_LOG } from '../store/log.ts'
import type { App } from './app.ts'

/** Throws when the log belongs to no cycle. */
export async function logOrigin(app: App, log: number): Promise<string> {
  if (log === INSTALLATION_LOG) return originOf(app, 'installation')
  const cycle = await cycleById(app.db, log)
  if (!cycle) throw new Error(`log ${log} belongs to no cycle`)
  return originOf(app, cycle.slug)
}

export const originOf = (app: App, name: string): string => `${app.origin}/${name}`
