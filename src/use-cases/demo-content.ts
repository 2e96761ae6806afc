// What the demo is made of, beside the invented projects of data/demo-projects.csv: three villages with projects, one without.
import type { Localised } from '../core/localised.ts'
import type { Desk } from '../store/places.ts'

export const DEMO_TITLE: Localised = {
  kk: 'Үлгі: ауыл бюджетін бөлу',
  ru: 'Пример: бюджет села',
  en: 'Demo: the village budget',
}

/**
 * The villages that vote, by their codes; on their lists stand the invented projects of each. Barshatas has more than a page of the
 * ballot holds; then Makanshy, Ulytau, and Besterek, where nothing was proposed.
 */
export const DEMO_PLACES: readonly string[] = ['103651100', '104673100', '623830100', '104643100']

/** Nobody waits there: the desk says of itself that it is invented. */
export const DEMO_DESK: Desk = {
  place: {
    kk: 'Әкімдік, 1-бөлме (ойдан алынған көмек орны)',
    ru: 'Акимат, кабинет 1 (адрес вымышлен)',
    en: 'Akimat, room 1 (an invented desk)',
  },
  hours: '9:00–18:00',
  phone: '+7 700 000 00 00',
}

export const DEMO_BUDGET = 15_000_000
export const DEMO_ROWS = 60
/** Cards of the first so many register numbers are handed over; the next lie at the desk. */
export const DEMO_HANDED = 30
/** The last so many register numbers of a village with projects have voted when the demo opens. */
export const DEMO_NEIGHBOURS = 25
export const DEMO_DAYS = 14
