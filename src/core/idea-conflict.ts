// Ideas that may be in each other's way: two that lie closer together than a hundred metres.
import { distanceKm, pointOf } from './geo.ts'

export const CLOSE_KM = 0.1

interface Placed {
  number: number | null
  territory: number
  lat: number | null
  lon: number | null
}

/** Pairs of numbers, the smaller first, in their order. Ideas without a place are in nobody's way. */
export function closePairs(ideas: readonly Placed[]): [number, number][] {
  const placed = ideas.flatMap((idea) => {
    const point = pointOf(idea)
    return point && idea.number !== null ? [{ number: idea.number, territory: idea.territory, point }] : []
  })
  placed.sort((a, b) => a.number - b.number)
  return placed.flatMap((one, at) =>
    placed
      .slice(at + 1)
      .filter((other) => other.territory === one.territory && distanceKm(one.point, other.point) <= CLOSE_KM)
      .map((other): [number, number] => [one.number, other.number]),
  )
}
