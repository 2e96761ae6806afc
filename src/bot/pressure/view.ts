// A report of pressure: what happens to it, what was written, and what came of it.
import { LONGEST_VOICE } from '../../core/idea.ts'
import { REPORT_LETTERS, type SaidReport } from '../../core/pressure.ts'
import type { T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { placeLine } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { type At, AT } from '../at.ts'
import { menuButton, pressureButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { press, primary, type Screen } from '../message.ts'

export const sendReportButton = button('zw', AT)

const cancel = (t: T) => [press(t('common.cancel.button'), menuButton.pack({}))]

/** Who will see it, and that it changes no vote. */
export const askScreen = (t: T, place: Place): Screen => ({
  text: [
    ...trialLines(t, place),
    t.html('signals.report-place', { village: placeLine(t, place) }),
    t.html('signals.report-ask', { most: REPORT_LETTERS, minutes: LONGEST_VOICE / 60 }),
  ].join('\n'),
  buttons: [cancel(t)],
})

/** Nothing is sent before this is said yes to. */
export const sureScreen = (t: T, here: At, said: SaidReport): Screen => ({
  text:
    'text' in said ? t.html('signals.report-sure', { text: said.text }) : t.html('signals.report-sure-voice'),
  buttons: [
    [primary(t('signals.report-send.button'), sendReportButton.pack(here))],
    [press(t('signals.report-anew.button'), pressureButton.pack(here))],
    cancel(t),
  ],
})

/** `text`: HTML. */
export const saidScreen = (t: T, text: string): Screen => ({ text, buttons: [[toMenu(t)]] })
