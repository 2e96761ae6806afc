// Tables of ideas: what residents propose, what belongs to it, and who supports it.
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { IdeaState, Words } from '../core/idea.ts'
import type { Marks } from '../core/marks.ts'
import type { Flag } from '../core/masked.ts'
import type { Pot } from '../core/pot.ts'
import { accountId, moment, words } from './columns.ts'
import { account, cycleTerritory } from './schema-cycle.ts'

export const idea = pgTable(
  'idea',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    cycle: integer().notNull(),
    territory: integer().notNull(),
    /** Counts through the cycle, from the moment it was sent. */
    number: integer(),
    /** Empty once the account was erased. */
    author: accountId('author').references(() => account.id, { onDelete: 'set null' }),
    /** The language of its author's words. */
    locale: text().notNull(),
    state: text().$type<IdeaState>().notNull().default('draft'),
    /** One more with every change that a reader could have missed: what is decided is what was read. */
    version: integer().notNull().default(0),
    category: text(),
    /** The pot that it competes in and its marks, as a moderator said; else as its category says. */
    pot: text().$type<Pot>(),
    marks: jsonb().$type<Marks>(),
    title: text(),
    body: text(),
    /** The message of its author's chat in which the body came. */
    bodyMessage: integer('body_message'),
    /** How its author wrote their name to be read by everybody; `shown` once they read it back and said yes. */
    authorName: text('author_name'),
    authorNameShown: boolean('author_name_shown').notNull().default(false),
    landmark: text(),
    lat: doublePrecision(),
    lon: doublePrecision(),
    /** Whole tenge, as its author guesses. */
    roughCost: bigint('rough_cost', { mode: 'number' }),
    /** The question that is open while its author writes. */
    step: text(),
    /** The words of the list that is voted on, as far as somebody wrote them. */
    titles: jsonb().$type<Words>().notNull().default({}),
    texts: jsonb().$type<Words>().notNull().default({}),
    /** Whole tenge, as found feasible. */
    cost: bigint({ mode: 'number' }),
    onList: boolean('on_list'),
    /** What its author was last told: a question, a refusal in words, why it cannot be built. */
    reason: text(),
    note: text(),
    mergedInto: integer('merged_into'),
    /** Id of the project that it became on the list that is voted on. */
    project: text(),
    claimedBy: accountId('claimed_by'),
    claimedUntil: moment('claimed_until'),
    decidedBy: accountId('decided_by'),
    /** Whose refusal its author did not accept: somebody else decides. One appeal an idea. */
    appealedFrom: accountId('appealed_from'),
    appealed: boolean().notNull().default(false),
    flags: jsonb().$type<Flag[]>().notNull().default([]),
    /** What it is found by where another one is like it (core/similarity.ts); none until its author compared or sent it. */
    foundBy: words('found_by'),
    createdAt: moment('created_at').notNull().default(sql`clock_timestamp()`),
    /** When it had the supporters that its cycle asks for. */
    supportedAt: moment('supported_at'),
    sentAt: moment('sent_at'),
    dueAt: moment('due_at'),
    changedAt: moment('changed_at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    unique('idea_number').on(t.cycle, t.number),
    uniqueIndex('idea_draft').on(t.author, t.cycle).where(sql`${t.state} = 'draft'`),
    index('idea_place').on(t.cycle, t.territory, t.state),
    index('idea_found_by').using('gin', t.foundBy),
    foreignKey({
      columns: [t.cycle, t.territory],
      foreignColumns: [cycleTerritory.cycle, cycleTerritory.territory],
    }),
    foreignKey({ columns: [t.mergedInto], foreignColumns: [t.id] }),
    check('idea_numbered', sql`${t.number} is not null or ${t.state} in ('draft', 'withdrawn')`),
    check(
      'idea_state',
      sql`${t.state} in ('draft', 'sent', 'returned', 'rejected', 'merged', 'approved', 'unfeasible', 'feasible', 'unsupported', 'withdrawn')`,
    ),
    check('idea_author_name', sql`not ${t.authorNameShown} or ${t.authorName} is not null`),
    check('idea_costed', sql`${t.state} <> 'feasible' or ${t.cost} > 0`),
    check('idea_merged', sql`(${t.state} = 'merged') = (${t.mergedInto} is not null)`),
  ],
)

/** A photo or a voice note of an idea, by Telegram's id and as a copy of ours. */
export const ideaMedia = pgTable(
  'idea_media',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    idea: integer()
      .notNull()
      .references(() => idea.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['photo', 'voice'] }).notNull(),
    /** The message that it came in: the order in which its author sent them, whatever arrives first. */
    message: integer().notNull(),
    fileId: text('file_id').notNull(),
    /** Telegram's id of the file itself: the same photo twice is one. */
    uniqueId: text('unique_id').notNull(),
    bytes: integer(),
    seconds: smallint(),
    /** Name of our copy; none yet where it is still to be made. */
    copy: text(),
    /** Telegram has it no more, or it is not what it should be: no copy can be made. */
    copyable: boolean().notNull().default(true),
  },
  (t) => [
    unique('idea_media_file').on(t.idea, t.uniqueId),
    check('idea_media_kind', sql`${t.kind} in ('photo', 'voice')`),
  ],
)

/** Two ideas that lie close together, of which somebody said that both may be built. `first` is the smaller id. */
export const ideaApart = pgTable(
  'idea_apart',
  {
    first: integer()
      .notNull()
      .references(() => idea.id, { onDelete: 'cascade' }),
    second: integer()
      .notNull()
      .references(() => idea.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.first, t.second] }),
    index('idea_apart_second').on(t.second),
    check('idea_apart_order', sql`${t.first} < ${t.second}`),
  ],
)

/** Whoever sends no new idea in a cycle for a while; it goes with the account. */
export const ideaMute = pgTable(
  'idea_mute',
  {
    cycle: integer().notNull(),
    account: accountId()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    until: moment('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.cycle, t.account] }), index('idea_mute_account').on(t.account)],
)

/** Who wants an idea of somebody else too: one for an account; it goes with the account. */
export const ideaSupport = pgTable(
  'idea_support',
  {
    idea: integer()
      .notNull()
      .references(() => idea.id, { onDelete: 'cascade' }),
    account: accountId()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.idea, t.account] }), index('idea_support_account').on(t.account)],
)

/** Who wants to hear of an idea of somebody else without supporting it; it goes with the account. */
export const ideaFollow = pgTable(
  'idea_follow',
  {
    idea: integer()
      .notNull()
      .references(() => idea.id, { onDelete: 'cascade' }),
    account: accountId()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.idea, t.account] }), index('idea_follow_account').on(t.account)],
)
