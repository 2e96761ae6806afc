// Asks for what only a key of the person's own keyboard can send: a contact, a location.
import type { KeyboardButton } from 'grammy/types'
import type { T } from '../i18n.ts'
import type { Screen } from './message.ts'
import { withNote } from './speaker.ts'
import type { Talk } from './talk.ts'

/** The text above a keyboard with this key and "Cancel"; it goes away once it was used. */
export const askScreen = (t: T, text: string, key: KeyboardButton): Screen => ({
  text,
  keyboard: {
    keyboard: [[key], [{ text: t('common.cancel.button') }]],
    resize_keyboard: true,
    one_time_keyboard: true,
  },
})

/** Asks for the location; it only sorts a list. */
export const askLocationScreen = (t: T): Screen =>
  askScreen(t, t.html('start.ask-location'), {
    text: t('start.send-location.button'),
    request_location: true,
  })

/** The same question once more, to anything that is no location. */
export function locationAgain({ t, speak }: Talk): true {
  withNote(speak, t.html('common.press-below')).show(askLocationScreen(t))
  return true
}
