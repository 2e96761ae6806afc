// Tables of the consultation: what residents say that their village needs.
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core'
import type { Localised } from '../core/localised.ts'
import type { NeedFigures } from '../core/needs.ts'
import { accountId, moment } from './columns.ts'
import { account, cycle, cycleTerritory } from './schema-cycle.ts'

/** What one account said in a cycle: up to three marks, and a line or a voice note. It goes with the account. */
export const needAnswer = pgTable(
  'need_answer',
  {
    cycle: integer()
      .notNull()
      .references(() => cycle.id),
    account: accountId()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    territory: integer().notNull(),
    /** Numbers of needs, from 1. */
    marks: smallint().array().notNull().default(sql`'{}'`),
    /** As it was written: covered where others read it. */
    line: text(),
    /** Telegram's id of a voice note. */
    voice: text(),
    /** Name of our copy of it; none yet where it is still to be made. */
    voiceCopy: text('voice_copy'),
    /** Telegram has it no more, or it is no voice note: no copy can be made. */
    voiceCopyable: boolean('voice_copyable').notNull().default(true),
    changedAt: moment('changed_at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.account] }),
    index('need_answer_place').on(t.cycle, t.territory),
    index('need_answer_account').on(t.account),
    foreignKey({
      columns: [t.cycle, t.territory],
      foreignColumns: [cycleTerritory.cycle, cycleTerritory.territory],
    }),
    check('need_answer_marks', sql`cardinality(${t.marks}) <= 3 and 1 <= all (${t.marks})`),
    check('need_answer_voice_copy', sql`${t.voiceCopy} is null or ${t.voice} is not null`),
    check('need_answer_line', sql`char_length(${t.line}) <= 300`),
  ],
)

/** The public meeting of a village: where and when, and its show of hands once two people agree on it. */
export const needMeeting = pgTable(
  'need_meeting',
  {
    cycle: integer().notNull(),
    territory: integer().notNull(),
    place: jsonb().$type<Localised>().notNull(),
    at: moment('at').notNull(),
    /** The moment of the meeting that residents were last reminded of. */
    remindedFor: moment('reminded_for'),
    /** Hands for each need, in their order; empty until two people entered the same. */
    hands: smallint().array(),
    present: smallint(),
    women: smallint(),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.territory] }),
    foreignKey({
      columns: [t.cycle, t.territory],
      foreignColumns: [cycleTerritory.cycle, cycleTerritory.territory],
    }),
    check(
      'need_meeting_hands',
      sql`(${t.hands} is null) = (${t.present} is null) and (${t.hands} is null) = (${t.women} is null)`,
    ),
    check('need_meeting_women', sql`${t.women} between 0 and ${t.present}`),
    check('need_meeting_present', sql`${t.present} >= all (${t.hands}) and 0 <= all (${t.hands})`),
  ],
)

/** A show of hands as one person counted it: one entry each. It goes with the account. */
export const needHands = pgTable(
  'need_hands',
  {
    cycle: integer().notNull(),
    territory: integer().notNull(),
    account: accountId().notNull(),
    hands: smallint().array().notNull(),
    present: smallint().notNull(),
    women: smallint().notNull(),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.territory, t.account] }),
    index('need_hands_account').on(t.account),
    foreignKey({
      columns: [t.cycle, t.territory],
      foreignColumns: [needMeeting.cycle, needMeeting.territory],
    }),
    check('need_hands_women', sql`${t.women} between 0 and ${t.present}`),
    check('need_hands_present', sql`${t.present} >= all (${t.hands}) and 0 <= all (${t.hands})`),
  ],
)

/** What came of a consultation in a village, as everybody may read it: once, with the answer of its akimat. */
export const needResult = pgTable(
  'need_result',
  {
    cycle: integer().notNull(),
    territory: integer().notNull(),
    reply: jsonb().$type<Localised>().notNull(),
    figures: jsonb().$type<NeedFigures>().notNull(),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.territory] }),
    foreignKey({
      columns: [t.cycle, t.territory],
      foreignColumns: [cycleTerritory.cycle, cycleTerritory.territory],
    }),
  ],
)
