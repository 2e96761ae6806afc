// Where the ceremony of key holders stands: which key the log has, whether two shares have opened its test, and who entered both.
import type { Cycle } from '../store/cycles.ts'
import type { App } from './app.ts'
import { type Held, heldKeys } from './key-holders.ts'
import { type Done, lastAct } from './read-course.ts'

export interface Ceremony {
  /** Undefined: none was brought yet. */
  held: Held | undefined
  brought: Done | undefined
  rehearsed: Done | undefined
}

/** A plain read: whoever runs the cycle is asked for before. */
export async function readCeremony(app: App, cycle: Pick<Cycle, 'id' | 'slug'>): Promise<Ceremony> {
  const held = await heldKeys(app, app.db, cycle)
  return {
    held,
    brought: held && (await lastAct(app, cycle, ['keys-brought'])),
    rehearsed: held?.rehearsed ? await lastAct(app, cycle, ['keys-rehearsed']) : undefined,
  }
}
