// How many cards of each village are where.
import { cardNumbers } from '../store/cards.ts'
import type { App } from './app.ts'

export const listCards = (app: App, cycle: number) => cardNumbers(app.db, cycle)
