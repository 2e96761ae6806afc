// Failed look-ups lapse: what is older than two days counts for nothing and is deleted.
import { forgetOldAttempts } from '../store/votes.ts'
import type { App } from './app.ts'

export const forgetAttempts = (app: App): Promise<void> => forgetOldAttempts(app.db)
