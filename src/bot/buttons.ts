// Buttons that more than one feature shows.
import type { T } from '../i18n.ts'
import { button } from './callback.ts'
import { type Button, press } from './message.ts'

const here = { cycle: 'int', territory: 'int' } as const

export const menuButton = button('mn', {})
export const placeButton = button('pl', here)
export const listButton = button('dl', { ...here, page: 'int', category: 'int' })
/** `page`, `category` and `words` (of a search): the list that the card was opened from. */
export const cardButton = button('dk', {
  ...here,
  number: 'int',
  page: 'int',
  category: 'int',
  words: 'text',
})
export const voteButton = button('vt', here)
export const arrivedButton = button('ra', here)
export const resultsButton = button('rs', here)
export const deskButton = button('hd', here)

export const toMenu = (t: T): Button => press(t('common.menu.button'), menuButton.pack({}))
