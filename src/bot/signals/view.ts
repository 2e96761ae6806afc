// What an auditor should look at: the choice of a vote, and its list of signals.
import { graphemeCut } from '../../core/text.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { Localised } from '../../core/localised.ts'
import type { Signal } from '../../core/signals.ts'
import { signalLine } from '../../words/signals.ts'
import { toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { cutLabel, press, type Screen } from '../message.ts'

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

export const signalsScreen = (t: T, cycle: { title: Localised }, signals: readonly Signal[]): Screen => ({
  text: [
    `<b>${escapeHtml(t.of(cycle.title))}</b>`,
    t.html(signals.length > 0 ? 'signals.head' : 'signals.none'),
    ...signals.slice(0, MOST).map((signal) => `• ${t.html(...signalLine(t, signal))}`),
    ...(signals.length > MOST ? [t.html('signals.more', { more: signals.length - MOST })] : []),
  ].join('\n'),
  buttons: [[toMenu(t)]],
})
