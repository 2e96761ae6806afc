// Where people are sent for help: place, hours and phone of the village's desk.
import type { Localised } from '../core/localised.ts'
import type { T } from '../i18n.ts'

export interface Desk {
  place: Localised | null
  hours: string | null
  phone: string | null
}

/** In one line, wherever a text sends people there. */
export function deskLine(t: T, { desk }: { desk: Desk }): string {
  if (!desk.place || !desk.hours || !desk.phone) return t('common.desk-unknown')
  return t('common.desk', { place: t.of(desk.place), hours: desk.hours, phone: desk.phone })
}

/** As much of it as is known; a dash where the cycle has no desk yet. For paper, where lines break: never in hours or phone. */
export const deskOnPaper = (t: T, { place, hours, phone }: Desk): string =>
  [place && t.of(place).replace(/(\d)-(?=\p{L})/gu, '$1\u2011'), whole(hours), whole(phone)]
    .filter((part) => part)
    .join(', ') || '—'

/** With spaces and hyphens at which no line is broken. */
const whole = (text: string | null): string | undefined =>
  text?.replace(/\s/g, '\u00a0').replace(/-/g, '\u2011')
