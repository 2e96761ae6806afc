// Tables of moderators' groups: which chat hears of which cycle's ideas, its topics, and the card of each idea in it.
import { sql } from 'drizzle-orm'
import { bigint, check, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { accountId, bytes, moment } from './columns.ts'
import { cycle, territory } from './schema-cycle.ts'
import { idea } from './schema-ideas.ts'

/** A message of an album or a voice note that stands above a card, and the file in it. */
export interface CardMedia {
  message: number
  fileId: string
}

/** A group that hears of a cycle's ideas: of all, or of those of one territory and all that lies in it. */
export const moderationRoom = pgTable(
  'moderation_room',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** Telegram's id: another one once the group became a supergroup. */
    chat: bigint({ mode: 'number' }).notNull(),
    cycle: integer()
      .notNull()
      .references(() => cycle.id),
    territory: integer().references(() => territory.id),
    /** In which its cards are written: that of who bound it. */
    locale: text().notNull(),
    /** Empty once the account was erased. */
    boundBy: accountId('bound_by'),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [unique('moderation_room_scope').on(t.cycle, t.territory).nullsNotDistinct()],
)

/** A link that binds a group, once. Of its token only the hash is kept. */
export const roomInvite = pgTable('room_invite', {
  hash: bytes().primaryKey(),
  cycle: integer()
    .notNull()
    .references(() => cycle.id),
  territory: integer().references(() => territory.id),
  /** The one account that may use it. */
  madeBy: accountId('made_by').notNull(),
  until: moment('until').notNull(),
  /** The group that it bound. */
  chat: bigint({ mode: 'number' }),
})

/** A topic of a group that has topics: one for each district, or village. */
export const ideaTopic = pgTable(
  'idea_topic',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    room: integer()
      .notNull()
      .references(() => moderationRoom.id, { onDelete: 'cascade' }),
    territory: integer()
      .notNull()
      .references(() => territory.id),
    /** None while it is made, and once it was lost. */
    thread: integer(),
    /** Whoever makes it has so long. */
    claimedUntil: moment('claimed_until'),
  },
  (t) => [unique('idea_topic_place').on(t.room, t.territory)],
)

/** What stands of an idea in a group. */
export const ideaCard = pgTable(
  'idea_card',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    room: integer()
      .notNull()
      .references(() => moderationRoom.id, { onDelete: 'cascade' }),
    /** None once the idea was erased: then its messages go too. */
    idea: integer().references(() => idea.id, { onDelete: 'set null' }),
    message: integer(),
    media: jsonb().$type<CardMedia[]>().notNull().default([]),
    /** How far its photos and voice note were sent. */
    mediaSent: integer('media_sent').notNull().default(0),
    /** What the card shows, as the sentence of `claimCard` spells it; none: it is to be drawn anew. */
    shown: text(),
    /** The version of the idea for which the reasons of a refusal stand under the card. */
    reasonsAt: integer('reasons_at'),
    /** Not before. */
    dueAt: moment('due_at').notNull().default(sql`clock_timestamp()`),
    /** Whoever draws it has so long. */
    claimedUntil: moment('claimed_until'),
  },
  (t) => [
    unique('idea_card_idea').on(t.idea, t.room),
    unique('idea_card_message').on(t.room, t.message),
    check('idea_card_sent', sql`${t.mediaSent} >= 0`),
  ],
)
