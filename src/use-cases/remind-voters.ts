// Whoever opened a ballot and did not send it is reminded after two hours and on the last day, and everybody of the vote is told when it begins.
import { clock } from '../store/clock.ts'
import { queueBeginning, queueOpened } from '../store/reminders.ts'
import type { App } from './app.ts'

/** Safe on every replica: each reminder is queued once. What has no sense by the time it would go is never sent. */
export async function remindVoters(app: App): Promise<number> {
  const dueAt = app.quiet(await clock(app.db))
  const opened = await queueOpened(app.db, 'opened', dueAt)
  const last = await queueOpened(app.db, 'last-day', dueAt)
  return opened + last + (await queueBeginning(app.db, dueAt))
}
