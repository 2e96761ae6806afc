// One voting territory of a cycle, as screens show it.
import { isPublished } from '../core/cycle.ts'
import { placeTogether } from '../store/places.ts'
import type { App } from './app.ts'
import type { Place } from './list-places.ts'

/** A newer cycle has taken the place of this one, which is over: its buttons are out of date. */
export const isOutdated = ({ cycle, newest }: Place): boolean => newest > cycle.id && isPublished(cycle.phase)

/** Undefined when there is no such place or its cycle is still a draft. Always fresh: the phase moves. */
export async function readPlace(app: App, cycle: number, territory: number): Promise<Place | undefined> {
  const place = await placeTogether(app.db, cycle, territory)
  return place && place.cycle.phase !== 'draft' ? place : undefined
}
