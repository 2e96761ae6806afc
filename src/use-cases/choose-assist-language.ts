// The person who is helped says in which language they read the ballot on the facilitator's phone.
import { setAssistLanguage } from '../store/assist.ts'
import type { App } from './app.ts'

/** Changes nothing of a session that is over, or of another facilitator. */
export const chooseAssistLanguage = (
  app: App,
  { ballot, account, locale }: { ballot: string; account: number; locale: string },
): Promise<void> => setAssistLanguage(app.db, ballot, account, locale)
