// Buttons that more than one feature shows.
import type { T } from '../i18n.ts'
import { button } from './callback.ts'
import { type Button, press } from './message.ts'

const here = { cycle: 'int', territory: 'int' } as const

export const menuButton = button('mn', {})
export const placeButton = button('pl', here)
export const listButton = button('dl', { ...here, page: 'int', category: 'int' })
export const cardButton = button('dc', { ...here, number: 'int', page: 'int' })
export const voteButton = button('vt', here)
export const arrivedButton = button('ra', here)
export const resultsButton = button('rs', here)
export const deskButton = button('hd', here)

export const toMenu = (t: T): Button => press(t('common.menu.button'), menuButton.pack({}))
