// Quiet hours: nobody is written to at night about what can wait. On the clock of Kazakhstan.
import { OFFSET, wallClock } from './zone.ts'

const FROM = 21
const UNTIL = 8

/** When a message that nobody waits for may go out: at this moment, or at eight in the morning where it falls into the night. UTC ISO. */
export function afterQuiet(moment: string): string {
  const [day = '', time = ''] = wallClock(moment).split(' ')
  const hour = Number(time.slice(0, 2))
  if (hour >= UNTIL && hour < FROM) return new Date(moment).toISOString()
  const morning = new Date(`${day}T${String(UNTIL).padStart(2, '0')}:00:00${OFFSET}`)
  if (hour >= FROM) morning.setUTCDate(morning.getUTCDate() + 1)
  return morning.toISOString()
}
