// Tables of announcements: what officials write to residents, the versions that were to be approved, and what came of it.
import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type {
  AnnouncementFigures,
  AnnouncementMedia,
  AnnouncementTexts,
  Audience,
} from '../core/announcement.ts'
import { accountId, moment } from './columns.ts'
import { cycle } from './schema-cycle.ts'

export const ANNOUNCEMENT_STATES = [
  'draft',
  /** Waits for a second official. */
  'proposed',
  /** Waits for its time. */
  'approved',
  'sending',
  'paused',
  'done',
  'cancelled',
  /** Its time came, and nobody could be written to. */
  'stopped',
] as const
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number]

export const announcement = pgTable(
  'announcement',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    cycle: integer()
      .notNull()
      .references(() => cycle.id),
    state: text().$type<AnnouncementState>().notNull().default('draft'),
    /** Goes up with every change: what is approved is what was read. */
    version: integer().notNull().default(1),
    texts: jsonb().$type<AnnouncementTexts>().notNull().default({}),
    media: jsonb().$type<AnnouncementMedia>(),
    audience: jsonb().$type<Audience>().notNull(),
    /** Posted in the channels of its places too. */
    channel: boolean().notNull().default(false),
    /** Not before; empty: as soon as it is approved. */
    at: moment('at'),
    /** Empty for a command, and once the account was erased. */
    madeBy: accountId('made_by'),
    /** Whoever wrote or moved it last; empty for a command and the clock, and once erased. */
    changedBy: accountId('changed_by'),
    changedAt: moment('changed_at').notNull().default(sql`clock_timestamp()`),
    recipients: integer(),
    /** What came of it, as it was when it ended. */
    figures: jsonb().$type<AnnouncementFigures>(),
    startedAt: moment('started_at'),
    endedAt: moment('ended_at'),
    /** The message in the author's chat that says how far it is, and what it says. */
    progressMessage: bigint('progress_message', { mode: 'number' }),
    progressText: text('progress_text'),
  },
  (t) => [
    index('announcement_state').on(t.state),
    index('announcement_cycle').on(t.cycle),
    check(
      'announcement_states',
      sql`${t.state} in ('draft', 'proposed', 'approved', 'sending', 'paused', 'done', 'cancelled', 'stopped')`,
    ),
  ],
)

/** What of an announcement was sent for approval, to be told from the next one. */
export const announcementVersion = pgTable(
  'announcement_version',
  {
    announcement: integer()
      .notNull()
      .references(() => announcement.id),
    version: integer().notNull(),
    content: jsonb().notNull(),
  },
  (t) => [primaryKey({ columns: [t.announcement, t.version] })],
)
