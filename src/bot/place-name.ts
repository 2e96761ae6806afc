// How a village is called: always with okrug and district, for villages share names.
import type { T } from '../i18n.ts'
import type { Place } from '../use-cases/list-places.ts'

/** `Баршатас, Баршатас ауылдық округі, Аягөз ауданы`. */
export const placeName = (t: T, place: Pick<Place, 'name' | 'within'>): string =>
  [place.name, ...place.within].map((unit) => t.of(unit)).join(', ')

/** Place, hours and phone of the desk in one line, wherever a text sends people there. */
export function deskLine(t: T, place: Pick<Place, 'desk'>): string {
  const { desk } = place
  if (!desk.place || !desk.hours || !desk.phone) return t('common.desk-unknown')
  return t('common.desk', { place: t.of(desk.place), hours: desk.hours, phone: desk.phone })
}

/** The banner of a cycle that counts nowhere. */
export const trialLines = (t: T, place: Pick<Place, 'cycle'>): string[] =>
  place.cycle.trial ? [`<i>${t.html('common.practice')}</i>`] : []
