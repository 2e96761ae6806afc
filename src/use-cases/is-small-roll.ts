// Whether a village is so small that perhaps too few will vote for votes by project to be shown.
import { rollSize } from '../store/roll.ts'
import type { App } from './app.ts'

/** With a tenth of them voting it would be fewer than `SHOWN_FROM`. */
const SMALL = 100

export const isSmallRoll = async (app: App, at: { cycle: number; territory: number }): Promise<boolean> =>
  (await rollSize(app.db, at.cycle, at.territory)) < SMALL
