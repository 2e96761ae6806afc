// Who proposes says once that they are 18 and live in the village; it is kept with the account and goes with it.
import { residenceOf, stateResidence as state } from '../store/accounts.ts'
import type { App } from './app.ts'

/** Safe to repeat; said of another village it replaces what was said. */
export const stateResidence = (app: App, account: number, territory: number): Promise<void> =>
  state(app.db, account, territory)

/** Whether the person said so of this village. */
export const hasStated = async (app: App, account: number, territory: number): Promise<boolean> =>
  (await residenceOf(app.db, account)) === territory
