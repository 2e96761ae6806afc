// The choice of a cycle whose report is wanted, and how many people were trained for it.
import { graphemeCut } from '../../core/text.ts'
import type { Localised } from '../../core/localised.ts'
import type { Training } from '../../core/training.ts'
import type { T } from '../../i18n.ts'
import { dayName } from '../../words/work.ts'
import { toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { cutLabel, press, type Screen, success } from '../message.ts'

export const reportButton = button('rr', { cycle: 'int' })
export const askTrainingButton = button('zt', { cycle: 'int' })
/** `on`: `20261124`; `women`: one more than there were, 0 where nobody counted. */
export const trainingButton = button('zy', { cycle: 'int', on: 'int', people: 'int', women: 'int' })

const MOST = 20

export const reportScreen = (
  t: T,
  cycles: readonly { id: number; slug: string; title: Localised; enters: boolean }[],
): Screen => ({
  text: t.html(cycles.length > 0 ? 'start.report-ask' : 'start.report-none'),
  buttons: [
    ...cycles
      .slice(0, MOST)
      .map(({ id, slug, title, enters }) => [
        press(cutLabel(graphemeCut(`${t.of(title)} (${slug})`, 120)), reportButton.pack({ cycle: id })),
        ...(enters ? [press(t('start.training.button'), askTrainingButton.pack({ cycle: id }))] : []),
      ]),
    [toMenu(t)],
  ],
})

export const askTrainingScreen = (t: T, note?: string): Screen => ({
  text: [...(note === undefined ? [] : [note, '']), t.html('start.training-ask')].join('\n'),
  buttons: [[toMenu(t)]],
})

/** Read back before it is entered. */
export function sureTrainingScreen(t: T, cycle: number, { on, people, women }: Training): Screen {
  const facts = { day: dayName(t, on), people }
  const said =
    women === undefined
      ? t.html('start.training-sure', facts)
      : t.html('start.training-sure-women', { ...facts, women })
  const packed = {
    cycle,
    on: Number(on.replaceAll('-', '')),
    people,
    women: women === undefined ? 0 : women + 1,
  }
  return {
    text: [said, t.html('start.training-replaces')].join('\n'),
    buttons: [
      [success(t('start.training-yes.button'), trainingButton.pack(packed))],
      [press(t('common.back.button'), askTrainingButton.pack({ cycle }))],
      [toMenu(t)],
    ],
  }
}

export const trainingDoneScreen = (t: T, cycle: number): Screen => ({
  text: t.html('start.training-done'),
  buttons: [[press(t('start.training.button'), askTrainingButton.pack({ cycle }))], [toMenu(t)]],
})
