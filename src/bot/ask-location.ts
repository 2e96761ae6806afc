// Asks for the location with a keyboard of its own; it only sorts a list.
import type { T } from '../i18n.ts'
import type { Screen } from './message.ts'

/** Asks for the location with a keyboard of its own. */
export const askLocationScreen = (t: T): Screen => ({
  text: t.html('start.ask-location'),
  keyboard: {
    keyboard: [
      [{ text: t('start.send-location.button'), request_location: true }],
      [{ text: t('common.cancel.button') }],
    ],
    resize_keyboard: true,
    one_time_keyboard: true,
  },
})
