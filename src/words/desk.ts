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

/** As much of it as is known; a dash where the cycle has no desk yet. For paper, where every letter takes room. */
export const deskOnPaper = (t: T, { place, hours, phone }: Desk): string =>
  [place && t.of(place), hours, phone].filter((part) => part).join(', ') || '—'
