// The acknowledgement of a cast ballot has reached the chat.
import { setShown } from '../store/votes.ts'
import type { App } from './app.ts'

/** Without it the receipt is sent again by the delivery loop after a minute. */
export const markShown = (app: App, ballot: string): Promise<void> => setShown(app.db, ballot)
