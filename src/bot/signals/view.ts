// What an auditor should look at: the choice of a vote, its list of signals, and what residents reported.
import { isBefore, type Phase } from '../../core/cycle.ts'
import { graphemeCut } from '../../core/text.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { Localised } from '../../core/localised.ts'
import type { Signal } from '../../core/signals.ts'
import type { PressureReport } from '../../use-cases/read-reports.ts'
import { reportFacts, signalLine } from '../../words/signals.ts'
import { reportsButton, reviewsButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { cutLabel, press, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'

export const signalsButton = button('zs', { cycle: 'int' })

const MOST_CYCLES = 20
const MOST = 15

export const cyclesScreen = (
  t: T,
  cycles: readonly { id: number; slug: string; title: Localised }[],
): Screen => ({
  text: t.html(cycles.length > 0 ? 'signals.ask' : 'signals.nowhere'),
  buttons: [
    ...cycles
      .slice(0, MOST_CYCLES)
      .map(({ id, slug, title }) => [
        press(cutLabel(graphemeCut(`${t.of(title)} (${slug})`, 120)), signalsButton.pack({ cycle: id })),
      ]),
    [toMenu(t)],
  ],
})

/** `reports`: of pressure, how many there are. */
export const signalsScreen = (
  t: T,
  cycle: { id: number; title: Localised; phase: Phase },
  signals: readonly Signal[],
  reports: number,
): Screen => ({
  text: [
    `<b>${escapeHtml(t.of(cycle.title))}</b>`,
    t.html(signals.length > 0 ? 'signals.head' : 'signals.none'),
    ...signals.slice(0, MOST).map((signal) => `• ${t.html(...signalLine(t, signal))}`),
    ...(signals.length > MOST ? [t.html('signals.more', { more: signals.length - MOST })] : []),
  ].join('\n'),
  buttons: [
    ...(reports > 0
      ? [
          [
            press(
              t('signals.reports.button', { number: reports }),
              reportsButton.pack({ cycle: cycle.id, page: 0 }),
            ),
          ],
        ]
      : []),
    ...(isBefore(cycle.phase, 'voting')
      ? []
      : [[press(t('signals.reviews.button'), reviewsButton.pack({ cycle: cycle.id, page: 0 }))]]),
    [toMenu(t)],
  ],
})

/** One report a page, the newest first; a voice note is heard where it is read. */
export function reportsScreen(t: T, cycle: number, reports: readonly PressureReport[], page: number): Screen {
  const { at: now, pages, shown } = pageOf(reports, page, 1)
  const [one] = shown
  return {
    ...(one?.voice ? { voice: one.voice } : {}),
    text: [
      t.html('signals.reports-head'),
      one ? t.html('signals.report-line', reportFacts(t, one)) : t.html('signals.reports-none'),
      ...(pages > 1 ? [t.html('common.page', { page: now + 1, pages })] : []),
    ].join('\n'),
    buttons: [
      ...pager(t, now, pages, (to) => reportsButton.pack({ cycle, page: to })),
      [press(t('signals.back.button'), signalsButton.pack({ cycle }))],
      [toMenu(t)],
    ],
  }
}
