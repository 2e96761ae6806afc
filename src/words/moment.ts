// A moment that is read back before it counts: a slip of a month or year is seen by its weekday.
import { wallClock, ZONE } from '../core/zone.ts'
import type { T } from '../i18n.ts'

/** `четверг, 5 марта 2099 г. в 18:00`. `moment`: UTC ISO. */
export const fullMoment = (t: T, moment: string): string =>
  new Intl.DateTimeFormat(t.language.tag, { timeZone: ZONE, dateStyle: 'full', timeStyle: 'short' }).format(
    new Date(moment),
  )

/** The end of a term as it was written: a day to its end, where it is a midnight; else the moment. */
export function termEnd(t: T, until: string): string {
  if (!wallClock(until).endsWith(' 00:00')) return fullMoment(t, until)
  const day = new Intl.DateTimeFormat(t.language.tag, { timeZone: ZONE, dateStyle: 'full' })
  return t('roles.last-day', { day: day.format(new Date(Date.parse(until) - 1)) })
}
