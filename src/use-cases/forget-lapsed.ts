// What lapses by itself: failed look-ups after two days, which count for nothing then, messages a month after they were settled, rolls that nobody confirmed, one-time codes of the desk, links that bind a group, what was to bind a channel and what stands in one, reports of pressure and why votes went under review.
import { forgetChannelRest } from '../store/channels.ts'
import { forgetDeskCodes } from '../store/desk-codes.ts'
import { forgetSettled } from '../store/deliveries.ts'
import { forgetOldReports } from '../store/pressure.ts'
import { forgetOldReasons } from '../store/reviews.ts'
import { forgetInvites } from '../store/rooms.ts'
import { forgetStagedRolls } from '../store/staged-roll.ts'
import { forgetOldAttempts } from '../store/votes.ts'
import type { App } from './app.ts'

export const SETTLED_DAYS = 30

export async function forgetLapsed(app: App): Promise<void> {
  await forgetOldAttempts(app.db)
  await forgetDeskCodes(app.db)
  await forgetSettled(app.db, SETTLED_DAYS)
  await forgetStagedRolls(app.db)
  await forgetInvites(app.db)
  await forgetOldReports(app.db)
  await forgetOldReasons(app.db)
  await forgetChannelRest(app.db, SETTLED_DAYS)
}
