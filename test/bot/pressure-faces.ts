// The screens of reports of pressure with the longest facts there can be.
import * as pressure from '../../src/bot/pressure/view.ts'
import type { Screen } from '../../src/bot/message.ts'
import * as signals from '../../src/bot/signals/view.ts'
import { everywhere } from '../../src/core/localised.ts'
import type { T } from '../../src/i18n.ts'
import { at, long, place } from './long-facts.ts'

const here = { cycle: place.cycle.id, territory: place.territory }
const village = everywhere(long(60))
const report = { number: 2_147_483_647, territory: place.territory, village, at }

export const PRESSURE_SCREENS: Record<string, (t: T) => Screen[]> = {
  'pressure.askScreen': (t) => [pressure.askScreen(t, place)],
  'pressure.sureScreen': (t) => [
    pressure.sureScreen(t, here, { text: long(1000) }),
    pressure.sureScreen(t, here, { voice: 'file' }),
  ],
  'pressure.saidScreen': (t) =>
    (['report-sent', 'report-late', 'report-lost'] as const).map((key) =>
      pressure.saidScreen(t, t.html(`signals.${key}`)),
    ),
  'signals.reportsScreen': (t) => [
    signals.reportsScreen(t, here.cycle, [], 0),
    signals.reportsScreen(t, here.cycle, Array(99).fill({ ...report, text: long(1000), voice: null }), 50),
    signals.reportsScreen(t, here.cycle, Array(99).fill({ ...report, text: null, voice: 'file' }), 50),
  ],
}
