// Points on the map and the way between them.

/** Degrees, WGS 84. */
export interface Point {
  lat: number
  lon: number
}

/** Great-circle distance in kilometres (haversine, Earth radius 6371 km). */
export function distanceKm(a: Point, b: Point): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Where something lies; undefined for what is not known or is no place on the earth. */
export function pointOf({
  lat,
  lon,
}: {
  lat?: number | null | undefined
  lon?: number | null | undefined
}): Point | undefined {
  if (typeof lat !== 'number' || typeof lon !== 'number') return undefined
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined
}
