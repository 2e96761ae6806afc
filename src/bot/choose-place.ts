// Where somebody works: the villages of theirs, each with its vote, to choose from.
import type { Localised } from '../core/localised.ts'
import type { Key, T } from '../i18n.ts'
import type { At } from './at.ts'
import { toMenu } from './buttons.ts'
import { cutLabel, press, type Screen } from './message.ts'
import { pageOf, pager } from './pager.ts'

/** `title`: of its cycle. */
type WorkPlace = At & { name: Localised; title: Localised }

const PAGE = 8

/** `none`: what is said where there are none. `leads`, `turns`: what a village, and another page, are packed into. */
export function choosePlace(
  t: T,
  places: readonly WorkPlace[],
  page: number,
  { none, leads, turns }: { none: Key; leads: (place: At) => string; turns: (page: number) => string },
): Screen {
  const { at, pages, shown } = pageOf(places, page, PAGE)
  return {
    text: t.html(places.length === 0 ? none : 'consult.hold-where'),
    buttons: [
      ...shown.map((place) => [press(cutLabel(`${t.of(place.name)} · ${t.of(place.title)}`), leads(place))]),
      ...pager(t, at, pages, turns),
      [toMenu(t)],
    ],
  }
}
