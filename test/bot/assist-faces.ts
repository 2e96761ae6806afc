// The screens of assisted votes with the longest facts there can be.
import * as assist from '../../src/bot/assist/view.ts'
import type { Screen } from '../../src/bot/message.ts'
import { everywhere } from '../../src/core/localised.ts'
import { createI18n, type T } from '../../src/i18n.ts'
import type { AssistDesk, AssistSession } from '../../src/use-cases/assist-desk.ts'
import { at, long, OPENED, place } from './long-facts.ts'

const where = { cycle: place.cycle.id, territory: place.territory }
const account = 9_999_999_999_999_99
const facilitators = Array.from({ length: 6 }, () => ({ account, until: at }))
const desk: AssistDesk = { place, helps: true, byCard: true, helped: 999, names: true, facilitators }
const session: AssistSession = {
  ...where,
  ballot: OPENED,
  rollRow: 2_147_483_647,
  registerNo: 9_999_999,
  locale: null,
  at,
  receipt: null,
  sentAt: null,
  place,
}

export const ASSIST_SCREENS: Record<string, (t: T) => Screen[]> = {
  'assist.placesScreen': (t) =>
    [0, 1, 30].map((n) =>
      assist.placesScreen(
        t,
        Array.from({ length: n }, () => ({ ...where, name: everywhere(long(60)), title: place.cycle.title })),
        1,
      ),
    ),
  'assist.deskScreen': (t) => [
    assist.deskScreen(t, desk, t.html('assist.named')),
    assist.deskScreen(t, { ...desk, helps: false, facilitators: [] }),
  ],
  'assist.askScreen': (t) =>
    [true, false].map((byCard) => assist.askScreen(t, { ...desk, byCard }, t.html('assist.card-wanted'))),
  'assist.sureScreen': (t) => [assist.sureScreen(t, place, 9_999_999)],
  'assist.handOverScreen': (t) => [assist.handOverScreen(t, session, createI18n().languages)],
  'assist.numberScreen': (t) => [
    assist.numberScreen(t, place, { ballot: OPENED, receipt: '12345678901234', at }),
  ],
  'assist.overScreen': (t) => [true, false].map((sent) => assist.overScreen(t, place, sent)),
  'assist.notCastScreen': (t) =>
    (['not-verified', 'marks-gone', 'desk', 'paper', 'voted', 'clock', 'halted'] as const).map((kind) =>
      assist.notCastScreen(t, session, { kind }),
    ),
  'assist.whoScreen': (t) => [assist.whoScreen(t, place, t.html('roles.no-account'))],
  'assist.untilScreen': (t) => [assist.untilScreen(t, place, t.html('roles.no-day'))],
  'assist.nameScreen': (t) => [assist.nameScreen(t, place, { account: String(account), until: at })],
  'assist.lineScreen': (t) => [assist.lineScreen(t, t.html('assist.why-not-allowed'))],
}
