// The screens of checking people in person with the longest facts there can be.
import * as person from '../../src/bot/person/view.ts'
import type { Screen } from '../../src/bot/message.ts'
import { everywhere } from '../../src/core/localised.ts'
import type { T } from '../../src/i18n.ts'
import { long, place } from './long-facts.ts'

const where = { cycle: place.cycle.id, territory: place.territory }

export const PERSON_SCREENS: Record<string, (t: T) => Screen[]> = {
  'person.placesScreen': (t) =>
    [0, 1, 30].map((n) =>
      person.placesScreen(
        t,
        Array.from({ length: n }, () => ({ ...where, name: everywhere(long(60)), title: place.cycle.title })),
        1,
      ),
    ),
  'person.askScreen': (t) => [person.askScreen(t, place, t.html('paper.number-wanted'))],
  'person.sureScreen': (t) => [person.sureScreen(t, place, 9_999_999)],
  'person.codeScreen': (t) => [person.codeScreen(t, place, 9_999_999, '12345678')],
}
