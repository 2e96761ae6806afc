// A moment that is read back before it counts: a slip of a month or year is seen by its weekday.
import { ZONE } from '../core/zone.ts'
import type { T } from '../i18n.ts'

/** `четверг, 5 марта 2099 г. в 18:00`. `moment`: UTC ISO. */
export const fullMoment = (t: T, moment: string): string =>
  new Intl.DateTimeFormat(t.language.tag, { timeZone: ZONE, dateStyle: 'full', timeStyle: 'short' }).format(
    new Date(moment),
  )
