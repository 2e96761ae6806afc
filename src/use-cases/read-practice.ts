// The name of a vote that is only tried out: every screen of it says so.
import type { Localised } from '../core/localised.ts'
import { cycleById } from '../store/cycles.ts'
import type { App } from './app.ts'

export type PracticeOf = (cycle: number) => Promise<Localised | undefined>

/** Finds the title of a cycle by its id where it is a trial, undefined where it is none. Asked once: neither ever changes. */
export function practices(app: App): PracticeOf {
  const known = new Map<number, Localised | undefined>()
  return async (id) => {
    if (known.has(id)) return known.get(id)
    const cycle = await cycleById(app.db, id)
    const title = cycle?.trial ? cycle.title : undefined
    if (cycle) known.set(id, title)
    return title
  }
}
