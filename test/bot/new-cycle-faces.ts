// Every screen of a cycle that is drawn up, with the longest facts there are.
import type { Screen } from '../../src/bot/message.ts'
import * as drawn from '../../src/bot/new-cycle/view.ts'
import { CYCLE_DATES, type CycleDraft } from '../../src/core/formats/cycle-file.ts'
import { onePot } from '../../src/core/pot.ts'
import { everywhere } from '../../src/core/localised.ts'
import type { T } from '../../src/i18n.ts'
import type { KnownTerritory } from '../../src/use-cases/find-village.ts'
import { long, place } from './long-facts.ts'

const known: KnownTerritory = {
  territory: 2 ** 31 - 1,
  kato: '103651100',
  name: place.name,
  within: place.within,
}
const villages = Array.from({ length: 60 }, () => known)
const desk = { place: everywhere(long(60)), hours: long(20), phone: '+7 700 000 00 00' }
const draft: CycleDraft = {
  title: everywhere(long(120)),
  profile: 'practice',
  dates: Object.fromEntries(CYCLE_DATES.map((name) => [name, '2099-12-31 23:59'])),
  places: villages.map(() => ({
    place: '103651100',
    budget: 999_999_999_999,
    pots: onePot(999_999_999_999),
    desk,
  })),
  ideas: { ceiling: 999_999_999_999 },
}
const LACKS = ['title', 'profile', 'places', 'voting', 'close', 'order', 'past', 'budget', 'file'] as const
const PARTS = [
  'title',
  'places',
  'desk',
  'ceiling',
  'votes',
  'profile',
  'dates',
  'ballot',
  'rule',
  'way',
  'ideas',
  'discard',
]
const whole = (t: T, part: string): Screen => {
  const screen = drawn.partScreen(t, part, draft)
  if (!screen) throw new Error(`no screen of ${part}`)
  return screen
}
const checked = {
  file: {
    slug: 'x'.repeat(48),
    title: everywhere(long(120)),
    profile: 'practice' as const,
    trial: true,
    timeline: { voting: '2099-12-01T00:00:00.000Z', counting: '2099-12-31T00:00:00.000Z' },
    method: undefined,
    revote: undefined,
    people: undefined,
    helped: undefined,
    ballot: undefined,
    rule: undefined,
    ideas: undefined,
    works: undefined,
    trust: { away: undefined, dispute: undefined },
    needs: undefined,
    places: [],
  },
  places: villages.map((one) => ({
    ...one,
    line: 1,
    place: '103651100',
    budget: 999_999_999_999,
    pots: onePot(999_999_999_999),
    desk,
  })),
}

/** By the name of the view: all the faces it has. */
export const NEW_CYCLE_SCREENS: Record<string, (t: T) => Screen[]> = {
  'drawn.homeScreen': (t) => [
    drawn.homeScreen(t, draft, villages, []),
    drawn.homeScreen(t, draft, villages, LACKS),
    drawn.homeScreen(t, {}, [], LACKS),
  ],
  'drawn.partScreen': (t) => PARTS.map((part) => whole(t, part)),
  'drawn.dateScreen': (t) => CYCLE_DATES.map((name) => drawn.dateScreen(t, name, draft)),
  'drawn.checkScreen': (t) => [drawn.checkScreen(t, checked, new Date(0))],
  'drawn.madeScreen': (t) => [drawn.madeScreen(t, { id: 2 ** 31 - 1, slug: 'x'.repeat(48) })],
  'drawn.earlierScreen': (t) => [
    drawn.earlierScreen(t, []),
    drawn.earlierScreen(
      t,
      Array.from({ length: 20 }, () => place.cycle),
    ),
  ],
}
