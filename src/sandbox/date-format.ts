// How a date_time entity is to be shown: letters for the day of the week, the date and the time.
import type { Checked } from './answer.ts'
import { bad, done } from './answer.ts'

/** The format as Telegram gives it back: `r`, or `w`, `d`/`D` and `t`/`T` in this order; a refusal for other letters. */
export function dateFormat(given: string): Checked<string> {
  if (/^r$/i.test(given)) return done('r')
  if (!/^[tTdDwW]*$/.test(given)) return bad("can't parse entities: Invalid date format used")
  // Of short and long, Telegram keeps the short one.
  const part = (short: string, long: string) =>
    given.includes(short) ? short : given.includes(long) ? long : ''
  return done((/w/i.test(given) ? 'w' : '') + part('d', 'D') + part('t', 'T'))
}
