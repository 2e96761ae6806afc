// Screens of "tell me when one starts": district, village, what of, are you sure, and what came of it.
import { WATCHED, type Watched } from '../../core/watch.ts'
import type { T } from '../../i18n.ts'
import type { ChosenPlace } from '../../use-cases/choose-settlement.ts'
import { placeName } from '../../words/place.ts'
import { followButton, FOLLOW, toMenu } from '../buttons.ts'
import { KIND_NAMES, kindsLine } from '../followed.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'

export type Step = NonNullable<ReturnType<typeof followButton.parse>>

const PAGE = 8

/** The kinds as one number of a button: the first kind is its lowest bit. */
export const kindsOf = (bits: number): Watched[] => WATCHED.filter((_, at) => (bits >> at) & 1)

const go = (given: Step, step: string, change: Partial<Step> = {}): string =>
  followButton.pack({ ...given, page: 0, step, ...change })

/** `back`: the question before this one. */
const wayOut = (t: T, given: Step, back?: string): Button[] => [
  ...(back ? [press(t('common.back.button'), go(given, back))] : []),
  press(t('common.cancel.button'), go(FOLLOW, 'cancel')),
]

/** A list to choose from, page by page. */
function listScreen(
  t: T,
  given: Step,
  title: string,
  places: readonly ChosenPlace[],
  choose: (place: ChosenPlace) => Button,
  back?: string,
): Screen {
  const { at, pages, shown } = pageOf(places, given.page, PAGE)
  const turn = pager(t, at, pages, (page) => followButton.pack({ ...given, page }))
  return {
    text: [title, ...(pages > 1 ? [t.html('common.page', { page: at + 1, pages })] : [])].join('\n'),
    buttons: [...shown.map((place) => [choose(place)]), ...turn, wayOut(t, given, back)],
  }
}

export const districtScreen = (t: T, given: Step, districts: readonly ChosenPlace[]): Screen =>
  listScreen(t, given, t.html('follow.district'), districts, (place) =>
    press(cutLabel(t.of(place.name)), go(given, 'village', { district: place.territory })),
  )

export const settlementScreen = (t: T, given: Step, places: readonly ChosenPlace[]): Screen =>
  listScreen(
    t,
    given,
    t.html('follow.village'),
    places,
    (place) =>
      press(
        cutLabel([place.name, ...place.within.slice(0, -1)].map((unit) => t.of(unit)).join(', ')),
        go(given, 'kinds', { territory: place.territory }),
      ),
    'district',
  )

/** Marked kinds carry a sign; without any there is no way on. */
export function kindsScreen(t: T, given: Step, place: ChosenPlace): Screen {
  const chosen = kindsOf(given.kinds)
  return {
    text: t.html('follow.kinds', { village: placeName(t, place) }),
    buttons: [
      ...WATCHED.map((kind, at) => [
        press(
          `${chosen.includes(kind) ? '☑' : '☐'} ${t(KIND_NAMES[kind])}`,
          go(given, 'kinds', { kinds: given.kinds ^ (1 << at) }),
        ),
      ]),
      ...(chosen.length > 0 ? [[primary(t('common.next.button'), go(given, 'sure'))]] : []),
      wayOut(t, given, 'village'),
    ],
  }
}

export const sureScreen = (t: T, given: Step, place: ChosenPlace): Screen => ({
  text: t.html('follow.sure', { village: placeName(t, place), kinds: kindsLine(t, kindsOf(given.kinds)) }),
  buttons: [[primary(t('common.yes.button'), go(given, 'yes'))], wayOut(t, given, 'kinds')],
})

export const doneScreen = (t: T, given: Step, place: ChosenPlace): Screen => ({
  text: t.html('follow.done', { village: placeName(t, place), kinds: kindsLine(t, kindsOf(given.kinds)) }),
  buttons: [[toMenu(t)]],
})

export const cancelledScreen = (t: T): Screen => ({
  text: t.html('follow.cancelled'),
  buttons: [[toMenu(t)]],
})
