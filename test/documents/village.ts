// A village whose names have all nine Kazakh letters, for the papers of the tests.
import type { Localised } from '../../src/core/localised.ts'
import type { Place } from '../../src/documents/place.ts'

const named = (kk: string, ru: string): Localised => ({ kk, ru, en: ru })

export const place: Place = {
  village: named('Қарағайлы', 'Карагайлы'),
  okrug: named('Үңгір ауылдық округі', 'Унгирский сельский округ'),
  district: named('Аягөз ауданы', 'Аягозский район'),
}
export const title = named('Һәм бұл – ауыл бюджеті', 'Бюджет села')
export const desk = named(
  'әкімдік, 2-бөлме, 9:00–18:00, +7 722 000 00 00',
  'акимат, каб. 2, 9:00–18:00, +7 722 000 00 00',
)
