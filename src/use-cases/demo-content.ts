// What the demo is made of, beside the invented projects of data/demo-projects.csv: three places with projects, one without.
import type { Localised } from '../core/localised.ts'
import type { Desk } from '../store/places.ts'

export const DEMO_TITLE: Localised = {
  kk: 'Үлгі: ауыл бюджетін бөлу',
  ru: 'Пример: бюджет села',
  en: 'Demo: the village budget',
}

/** A voting territory by its code, and the codes of the settlements whose invented projects stand on its list. */
export interface DemoPlace {
  kato: string
  localities: readonly string[]
}

/** Ayagoz district with three places of its own, Makanshy, Ulytau, and Besterek, where nothing was proposed. */
export const DEMO_PLACES: readonly DemoPlace[] = [
  { kato: '103600000', localities: ['103651100', '103641100', '103620100'] },
  { kato: '104673100', localities: ['104673100'] },
  { kato: '623830100', localities: ['623830100'] },
  { kato: '104643100', localities: [] },
]

/** Nobody waits there: the desk says of itself that it is invented. */
export const DEMO_DESK: Desk = {
  place: {
    kk: 'Әкімдік, 1-бөлме (ойдан алынған көмек пункті)',
    ru: 'Акимат, кабинет 1 (вымышленный пункт помощи)',
    en: 'Akimat, room 1 (an invented desk)',
  },
  hours: '9:00–18:00',
  phone: '+7 700 000 00 00',
}

export const DEMO_BUDGET = 15_000_000
export const DEMO_ROWS = 60
/** Cards of the first so many register numbers are handed over; the others lie at the desk. */
export const DEMO_HANDED = 40
export const DEMO_DAYS = 14
