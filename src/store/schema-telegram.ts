// Tables of what was measured of Telegram itself: whether it answers just now, and when it was away while people voted.
import { sql } from 'drizzle-orm'
import { boolean, check, integer, pgTable, primaryKey, uniqueIndex } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'
import { cycle } from './schema-cycle.ts'

/** One row for the fleet: empty while some replica has its answers. */
export const telegramWatch = pgTable(
  'telegram_watch',
  {
    one: boolean().primaryKey().default(true),
    failingSince: moment('failing_since'),
    failedAt: moment('failed_at'),
  },
  (t) => [check('telegram_watch_one', sql`${t.one}`)],
)

/** Each with its leaf. `closesAt`: where the close moved to, once at most. */
export const telegramAway = pgTable(
  'telegram_away',
  {
    cycle: integer()
      .notNull()
      .references(() => cycle.id),
    fromAt: moment('from_at').notNull(),
    untilAt: moment('until_at').notNull(),
    closesAt: moment('closes_at'),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.fromAt] }),
    uniqueIndex('telegram_away_moves').on(t.cycle).where(sql`${t.closesAt} is not null`),
    check('telegram_away_until', sql`${t.untilAt} > ${t.fromAt}`),
  ],
)
