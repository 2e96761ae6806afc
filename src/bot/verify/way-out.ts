// The buttons under everything that verification says: the desk, and the menu.
import type { T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { at } from '../at.ts'
import { deskButton, toMenu } from '../buttons.ts'
import { type Button, press } from '../message.ts'

export const wayOut = (t: T, place: Place): Button[][] => [
  [press(t('start.desk.button'), deskButton.pack(at(place))), toMenu(t)],
]
