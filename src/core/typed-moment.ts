// A date and time as an official types it: `05.03.2026 18:00`, `5.3.2026 18.00`, `2026-03-05 18:00`; a wall clock of Kazakhstan.
import { readWallClock } from './zone.ts'

const DOTTED = /^(\d{1,2})[./](\d{1,2})[./](\d{4})(?:,?\s+(?:в\s+|сағат\s+)?(\d{1,2})[:.](\d\d))?$/u
const DASHED = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?$/

/** UTC ISO; undefined for what is no moment of the calendar. `midnight`: a day alone stands for its end, the next midnight. */
export function readTypedMoment(text: string, midnight = false): string | undefined {
  const typed = text.trim()
  const dotted = DOTTED.exec(typed)
  const dashed = DASHED.exec(typed)
  const two = (part = '') => part.padStart(2, '0')
  const day = dotted ? `${dotted[3]}-${two(dotted[2])}-${two(dotted[1])}` : dashed?.[1]
  const clock = dotted?.[4] === undefined ? dashed?.[2] : `${two(dotted[4])}:${dotted[5]}`
  if (day === undefined) return undefined
  if (clock !== undefined) return readWallClock(`${day} ${clock}`)
  const start = midnight ? readWallClock(`${day} 00:00`) : undefined
  return start && new Date(Date.parse(start) + 86_400_000).toISOString()
}
