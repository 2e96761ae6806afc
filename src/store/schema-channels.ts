// Tables of Telegram channels: which one hears of which vote, who may bind one next, and what was posted there.
import { sql } from 'drizzle-orm'
import { bigint, check, date, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import type { Checkpointed } from '../core/channel.ts'
import { accountId, moment } from './columns.ts'
import { announcement } from './schema-announcements.ts'
import { cycle, territory } from './schema-cycle.ts'

/** A channel that hears of a whole vote, or of one territory of it and all that lies in it. */
export const newsChannel = pgTable(
  'news_channel',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** Telegram's id. */
    chat: bigint({ mode: 'number' }).notNull(),
    /** As it was called when it was bound. */
    title: text().notNull(),
    cycle: integer()
      .notNull()
      .references(() => cycle.id),
    territory: integer().references(() => territory.id),
    /** Empty once the account was erased. */
    boundBy: accountId('bound_by'),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [unique('news_channel_scope').on(t.cycle, t.territory).nullsNotDistinct()],
)

/** The next channel that this account makes the bot an administrator of is bound there: one, and until then. */
export const channelInvite = pgTable('channel_invite', {
  madeBy: accountId('made_by').primaryKey(),
  cycle: integer()
    .notNull()
    .references(() => cycle.id),
  territory: integer().references(() => territory.id),
  until: moment('until').notNull(),
})

export const POST_STATES = [
  'pending',
  'sending',
  'sent',
  'failed',
  /** It may stand there: never posted again. */
  'unknown',
] as const

/** What is posted in a channel: an announcement in a language once, the head of a vote's log once a day. */
export const channelPost = pgTable(
  'channel_post',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    chat: bigint({ mode: 'number' }).notNull(),
    cycle: integer()
      .notNull()
      .references(() => cycle.id),
    announcement: integer().references(() => announcement.id),
    locale: text(),
    /** Of Kazakhstan. */
    day: date(),
    checkpoint: jsonb().$type<Checkpointed>(),
    state: text({ enum: POST_STATES }).notNull().default('pending'),
    message: bigint({ mode: 'number' }),
    /** Not before; while it is sent, when it was begun. */
    at: moment('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    unique('channel_post_announcement').on(t.chat, t.announcement, t.locale),
    unique('channel_post_day').on(t.chat, t.cycle, t.day),
    index('channel_post_state').on(t.state),
    check('channel_post_states', sql`${t.state} in ('pending', 'sending', 'sent', 'failed', 'unknown')`),
    check(
      'channel_post_what',
      sql`num_nonnulls(${t.announcement}, ${t.locale}) = 2 and num_nonnulls(${t.day}, ${t.checkpoint}) = 0
        or num_nonnulls(${t.announcement}, ${t.locale}) = 0 and num_nonnulls(${t.day}, ${t.checkpoint}) = 2`,
    ),
  ],
)
