// The villages that have a cycle, nearest first when the person shared where they are.
import { distanceKm, type Point } from '../core/geo.ts'
import { openPlaces, type Place } from '../store/places.ts'
import type { App } from './app.ts'

export type { Place }

/** Voting territories of cycles that are announced or later, practices aside. A location only sorts them. */
export async function listPlaces(app: App, near?: Point): Promise<Place[]> {
  const places = await openPlaces(app.db)
  if (!near) return places
  const far = (place: Place) =>
    place.lat === null || place.lon === null
      ? Number.POSITIVE_INFINITY
      : distanceKm(near, { lat: place.lat, lon: place.lon })
  return places.toSorted((a, b) => far(a) - far(b))
}

/** Those of practices: no list shows them, only a link or a card leads there. */
export const listPracticePlaces = (app: App): Promise<Place[]> => openPlaces(app.db, true)
