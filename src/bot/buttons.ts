// Buttons that more than one feature shows.
import type { T } from '../i18n.ts'
import { AT } from './at.ts'
import { button } from './callback.ts'
import { type Button, press } from './message.ts'

export const menuButton = button('mn', {})
export const placeButton = button('pl', AT)
export const listButton = button('dl', { ...AT, page: 'int', category: 'int' })
/** `page`, `category` and `words` (of a search): the list that the card was opened from. */
export const cardButton = button('dk', {
  ...AT,
  number: 'int',
  page: 'int',
  category: 'int',
  words: 'text',
})
export const voteButton = button('vt', AT)
export const arrivedButton = button('ra', AT)
/** The whole receipt of a cast ballot, as a text of its own. */
export const copyReceiptButton = button('rc', { ballot: 'uuid' })
export const resultsButton = button('rs', { ...AT, pot: 'word' })
export const deskButton = button('hd', AT)

/** "Tell me when one starts": which question is open, and what was answered so far. */
export const followButton = button('fw', {
  step: 'word',
  district: 'int',
  territory: 'int',
  kinds: 'int',
  page: 'int',
})
export const FOLLOW = { step: 'district', district: 0, territory: 0, kinds: 7, page: 0 }

export const toMenu = (t: T): Button => press(t('common.menu.button'), menuButton.pack({}))

/** Under a receipt: its number and its whole text, to be kept. No button replaces a message that holds these. */
export const receiptCopies = (t: T, ballot: string, number: string): Button[][] => [
  [{ text: t('receipt.copy-number.button'), copy_text: { text: number } }],
  [press(t('receipt.copy.button'), copyReceiptButton.pack({ ballot }))],
]
