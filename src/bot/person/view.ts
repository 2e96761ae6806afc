// Screens of whoever sees documents at the desk: the places, the number asked for, the question, the code.
import { DESK_CODE_MINUTES, formatDeskCode } from '../../core/desk-code.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { CheckPlace } from '../../use-cases/check-person.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { AT, at } from '../at.ts'
import { toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { choosePlace } from '../choose-place.ts'
import { press, primary, type Screen } from '../message.ts'

export const placesButton = button('cp', { page: 'int' })
export const askButton = button('ca', AT)
export const checkButton = button('ck', { ...AT, number: 'int' })

export const placesScreen = (t: T, places: readonly CheckPlace[], page: number): Screen =>
  choosePlace(t, places, page, {
    none: 'person.none',
    leads: (place) => askButton.pack(place),
    turns: (to) => placesButton.pack({ page: to }),
  })

const rest = (t: T) => [[press(t('consult.hold-places.button'), placesButton.pack({ page: 0 })), toMenu(t)]]

/** `note`: HTML, on top. */
export const askScreen = (t: T, place: Place, note?: string): Screen => ({
  text: [
    ...(note === undefined ? [] : [note, '']),
    ...trialLines(t, place),
    `<b>${escapeHtml(placeName(t, place))}</b>`,
    t.html('paper.ask-row'),
  ].join('\n'),
  buttons: rest(t),
})

export const sureScreen = (t: T, place: Place, number: number): Screen => ({
  text: [
    ...trialLines(t, place),
    `<b>${escapeHtml(placeName(t, place))}</b>`,
    t.html('person.ask-check', { number }),
  ].join('\n'),
  buttons: [
    [primary(t('person.check-yes.button'), checkButton.pack({ ...at(place), number }))],
    [press(t('consult.again.button'), askButton.pack(at(place)))],
    ...rest(t),
  ],
})

export const codeScreen = (t: T, place: Place, number: number, code: string): Screen => ({
  text: [
    ...trialLines(t, place),
    t.html('person.code', { number, code: formatDeskCode(code) }),
    t.html('person.code-how', { minutes: DESK_CODE_MINUTES }),
  ].join('\n'),
  buttons: [[press(t('person.next.button'), askButton.pack(at(place)))], ...rest(t)],
})
