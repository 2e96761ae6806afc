// The day before a public meeting its village is reminded, once for each time it is set, and not at night.
import { clock } from '../store/clock.ts'
import { enqueueForPlace } from '../store/deliveries.ts'
import { markReminded, type Meeting, meetingsAhead } from '../store/need-meetings.ts'
import type { App } from './app.ts'

const DAY = 86_400_000

/** When a village is reminded: 24 hours before, in the morning after where that falls into the night. UTC ISO. */
export const remindsAt = ({ quiet }: Pick<App, 'quiet'>, { at }: Pick<Meeting, 'at'>): string =>
  quiet(new Date(Date.parse(at) - DAY).toISOString())

/** Returns how many meetings were told of. Safe to call on every replica. */
export async function remindMeetings(app: App): Promise<number> {
  const now = await clock(app.db)
  const due = (await meetingsAhead(app.db)).filter(
    (one) => Date.parse(remindsAt(app, one)) <= Date.parse(now),
  )
  let told = 0
  for (const meeting of due) {
    const { cycle, territory, at, place } = meeting
    const done = await app.db.begin(async (tx) => {
      if (!(await markReminded(tx, meeting))) return false
      const notice = { kind: 'need-meeting', cycle, territory, meets: at, place } as const
      const key = `need-meeting:${cycle}:${territory}:${at}`
      await enqueueForPlace(tx, notice, { key, dueAt: app.quiet(now) })
      return true
    })
    if (done) told += 1
  }
  return told
}
