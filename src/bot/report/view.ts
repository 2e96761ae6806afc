// The choice of a cycle whose report is wanted.
import { graphemeCut } from '../../core/text.ts'
import type { Localised } from '../../core/localised.ts'
import type { T } from '../../i18n.ts'
import { toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { cutLabel, press, type Screen } from '../message.ts'

export const reportButton = button('rr', { cycle: 'int' })

const MOST = 20

export const reportScreen = (
  t: T,
  cycles: readonly { id: number; slug: string; title: Localised }[],
): Screen => ({
  text: t.html(cycles.length > 0 ? 'start.report-ask' : 'start.report-none'),
  buttons: [
    ...cycles
      .slice(0, MOST)
      .map(({ id, slug, title }) => [
        press(cutLabel(graphemeCut(`${t.of(title)} (${slug})`, 120)), reportButton.pack({ cycle: id })),
      ]),
    [toMenu(t)],
  ],
})
