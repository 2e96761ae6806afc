// A village whose names have all nine Kazakh letters, for the papers of the tests.
import type { Localised } from '../../src/core/localised.ts'
import type { Desk } from '../../src/words/desk.ts'
import type { NamedPlace } from '../../src/words/place.ts'

const named = (kk: string, ru: string): Localised => ({ kk, ru, en: ru })

export const place: NamedPlace = {
  name: named('Қарағайлы', 'Карагайлы'),
  within: [
    named('Үңгір ауылдық округі', 'Унгирский сельский округ'),
    named('Аягөз ауданы', 'Аягозский район'),
  ],
}
/** As long as names of the two regions get. */
export const longPlace: NamedPlace = {
  name: named('Мұхамедханов атындағы Үлкенқаратал', 'Улькен-Каратал имени Мухамедханова'),
  within: [
    named('Мұхамедханов ауылдық округі', 'Мухамедхановский сельский округ'),
    named('Жаңасемей ауданы', 'Жанасемейский район'),
  ],
}
export const longTitle = named(
  '2026 жылғы халық қатысатын бюджет: ауылды абаттандыру жобалары',
  'Бюджет народного участия 2026: проекты благоустройства села',
)
export const longDesk: Desk = {
  place: named('Ауылдық округ әкімінің аппараты, 2-бөлме', 'Аппарат акима сельского округа, кабинет 2'),
  hours: 'Дс–Жм 9:00–18:00',
  phone: '+7 722 370 00 00',
}
export const title = named('Һәм бұл – ауыл бюджеті', 'Бюджет села')
export const desk: Desk = {
  place: named('әкімдік, 2-бөлме', 'акимат, каб. 2'),
  hours: '9:00–18:00',
  phone: '+7 722 000 00 00',
}
