// Screens of the consultation: the needs with their marks, the question for a line, and what is said when it is over.
import type { Localised } from '../../core/localised.ts'
import { LONGEST_LINE, MOST_MARKS } from '../../core/needs.ts'
import type { T } from '../../i18n.ts'
import type { Consultation } from '../../use-cases/answer-needs.ts'
import type { NeedResult } from '../../use-cases/publish-needs.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { figureLines } from '../../words/need.ts'
import { placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { AT, type At, at } from '../at.ts'
import { needsButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { type Button, press, type Screen } from '../message.ts'

/** `on`: what the mark shall be, so that a second tap changes nothing. */
export const markButton = button('nm', { ...AT, need: 'int', on: 'int' })
export const lineButton = button('nl', AT)
export const dropButton = button('nx', AT)

const A_ROW = 4

const headLines = (t: T, place: Place): string[] => [
  ...trialLines(t, place),
  t.html('common.at-place', { place: placeName(t, place) }),
]

/** All needs in words, a button for each number. `note`: HTML, on top. */
export function needsScreen(
  t: T,
  place: Place,
  { needs, until, answer }: Consultation,
  note?: string,
): Screen {
  const { marks, line, voice } = answer
  const rows = needs.map((need, index) => {
    const facts = { number: index + 1, need: t.of(need) }
    return t.html(marks.includes(index + 1) ? 'consult.need-on' : 'consult.need', facts)
  })
  const numbers = needs.map((_, index): Button => {
    const [number, on] = [index + 1, marks.includes(index + 1)]
    const label = on ? t('consult.on.button', { number }) : t('consult.off.button', { number })
    return press(label, markButton.pack({ ...at(place), need: number, on: on ? 0 : 1 }))
  })
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...headLines(t, place),
      t.html('consult.question', { most: MOST_MARKS }),
      ...(until === undefined ? [] : [t.html('consult.until', { date: t.moment(until) })]),
      '',
      ...rows,
      '',
      t.html('consult.marked', { number: marks.length, most: MOST_MARKS }),
      ...(line === null ? [] : [t.html('consult.line', { line })]),
      ...(voice === null ? [] : [t.html('consult.voice')]),
    ].join('\n'),
    buttons: [...inRows(numbers), ...wordsRows(t, at(place), line !== null || voice !== null), [toMenu(t)]],
    other: { press: needsButton.pack(at(place)), note: 'consult.press-numbers' },
  }
}

const inRows = (buttons: readonly Button[]): Button[][] =>
  buttons.flatMap((_, index) => (index % A_ROW === 0 ? [buttons.slice(index, index + A_ROW)] : []))

const wordsRows = (t: T, here: At, said: boolean): Button[][] => [
  [press(t(said ? 'consult.change.button' : 'consult.add.button'), lineButton.pack(here))],
  ...(said ? [[press(t('consult.drop.button'), dropButton.pack(here))]] : []),
]

export const lineScreen = (t: T, here: At): Screen => ({
  text: t.html('consult.ask-line', { most: LONGEST_LINE }),
  buttons: [[press(t('common.back.button'), needsButton.pack(here))]],
})

export const overScreen = (t: T, place: Place): Screen => ({
  text: [...headLines(t, place), t.html('consult.over')].join('\n'),
  buttons: [[toMenu(t)]],
})

/** What everybody may read of it, with the akimat's answer. `note`: HTML, on top. */
export function resultScreen(
  t: T,
  place: Place,
  { needs, result: { figures, reply } }: { needs: readonly Localised[]; result: NeedResult },
  note?: string,
): Screen {
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...headLines(t, place),
      ...figureLines(t, needs, figures),
      '',
      t.html('consult.result-reply', { reply: t.of(reply) }),
    ].join('\n'),
    buttons: [[toMenu(t)]],
  }
}
