// The time of Kazakhstan: one zone, and since 1 March 2024 one offset everywhere.

export const ZONE = 'Asia/Almaty'
export const OFFSET = '+05:00'

/**
 * A wall clock of Kazakhstan (`2026-03-05 18:00`), or a moment with its offset, as UTC ISO; undefined for anything else, a day that
 * no month has too.
 */
export function readWallClock(text: string): string | undefined {
  const wall = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?::00)?$/.exec(text.trim())
  const clear = wall !== null || /(?:Z|[+-]\d\d:\d\d)$/.test(text.trim())
  const time = Date.parse(wall ? `${wall[1]}T${wall[2]}:00${OFFSET}` : text)
  if (!clear || !Number.isFinite(time) || !isDay(text.trim().slice(0, 10))) return undefined
  const moment = new Date(time).toISOString()
  return wall && wallClock(moment) !== `${wall[1]} ${wall[2]}` ? undefined : moment
}

/** `2027-02-31` is no day: JavaScript takes it for the third of March. */
function isDay(date: string): boolean {
  const start = Date.parse(`${date}T00:00:00Z`)
  return Number.isFinite(start) && new Date(start).toISOString().startsWith(date)
}

/** The same as people write it, day first: `5.03.2026 18:00`, `5.3.2026 18.00`, `05/03/2026, 9:00`. */
export function readTypedClock(text: string): string | undefined {
  const typed = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\s*(?:г\.?|ж\.?))?[,\s]+(\d{1,2})[:.](\d\d)$/.exec(
    text.trim(),
  )
  if (!typed) return readWallClock(text)
  const [day = '', month = '', year = '', hour = '', minute = ''] = typed
    .slice(1)
    .map((part) => part.padStart(2, '0'))
  return readWallClock(`${year}-${month}-${day} ${hour}:${minute}`)
}

/** `2026-03-05 18:00`, as `readWallClock` reads it. */
export const wallClock = (moment: string): string =>
  new Date(Date.parse(moment) + Number(OFFSET.slice(1, 3)) * 3_600_000)
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ')
