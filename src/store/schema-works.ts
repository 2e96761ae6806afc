// Tables of what is built after a vote: works, their milestones and photos, and what residents answer.
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import type { Localised } from '../core/localised.ts'
import { accountId, moment } from './columns.ts'
import { project } from './schema-cycle.ts'
import { rollRow } from './schema-roll.ts'

/** A project that is being built. */
export const work = pgTable(
  'work',
  {
    cycle: integer().notNull(),
    project: text().notNull(),
    /** Elected, moved up from the reserve list, or paid for outside the vote: never elected then. */
    came: text({ enum: ['elected', 'reserve', 'outside'] })
      .notNull()
      .default('elected'),
    dropped: boolean().notNull().default(false),
    /** One more with every change of it or of a milestone: what is changed is what was read. */
    version: integer().notNull().default(0),
    changedBy: accountId('changed_by'),
    changedAt: moment('changed_at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.project] }),
    foreignKey({ columns: [t.cycle, t.project], foreignColumns: [project.cycle, project.id] }),
    check('work_came', sql`${t.came} in ('elected', 'reserve', 'outside')`),
  ],
)

/** What two officials changed of a published result, in its order. */
export const resultChange = pgTable(
  'result_change',
  {
    cycle: integer().notNull(),
    n: smallint().notNull(),
    project: text().notNull(),
    kind: text({ enum: ['dropped', 'cheaper', 'outside'] }).notNull(),
    /** What it costs now, whole tenge. */
    cost: bigint({ mode: 'number' }),
    reason: jsonb().$type<Localised>().notNull(),
    at: moment('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.n] }),
    foreignKey({ columns: [t.cycle, t.project], foreignColumns: [project.cycle, project.id] }),
    check('result_change_kind', sql`${t.kind} in ('dropped', 'cheaper', 'outside')`),
    check('result_change_cost', sql`(${t.kind} = 'cheaper') = (${t.cost} is not null)`),
  ],
)

/** An official said "built"; again, with an answer, where residents had said that it is not as promised. */
export const workRound = pgTable(
  'work_round',
  {
    cycle: integer().notNull(),
    project: text().notNull(),
    round: smallint().notNull(),
    reply: jsonb().$type<Localised>(),
    builtAt: moment('built_at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.project, t.round] }),
    foreignKey({ columns: [t.cycle, t.project], foreignColumns: [work.cycle, work.project] }),
    check('work_round_reply', sql`(${t.round} = 1) = (${t.reply} is null)`),
  ],
)

export const milestone = pgTable(
  'milestone',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    cycle: integer().notNull(),
    project: text().notNull(),
    /** Counts through the work. */
    number: smallint().notNull(),
    name: jsonb().$type<Localised>().notNull(),
    planned: date({ mode: 'string' }).notNull(),
    actual: date({ mode: 'string' }),
    percent: smallint().notNull().default(0),
    /** Whole tenge. */
    cost: bigint({ mode: 'number' }),
  },
  (t) => [
    unique('milestone_number').on(t.cycle, t.project, t.number),
    foreignKey({ columns: [t.cycle, t.project], foreignColumns: [work.cycle, work.project] }),
    check('milestone_percent', sql`${t.percent} between 0 and 100`),
    check('milestone_reached', sql`${t.actual} is null or ${t.percent} = 100`),
    check('milestone_cost', sql`${t.cost} > 0`),
    check('milestone_count', sql`${t.number} between 1 and 20`),
  ],
)

/** What somebody on the roll says of a work that is called built: one answer a person and round. It names no account. */
export const workAnswer = pgTable(
  'work_answer',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    cycle: integer().notNull(),
    project: text().notNull(),
    round: smallint().notNull(),
    rollRow: integer('roll_row')
      .notNull()
      .references(() => rollRow.id),
    accepted: boolean().notNull(),
    /** It came with a photo. */
    shown: boolean().notNull().default(false),
    /** Phones, ИИН and links are covered before they are kept. */
    words: text(),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    unique('work_answer_person').on(t.cycle, t.project, t.round, t.rollRow),
    foreignKey({
      name: 'work_answer_round',
      columns: [t.cycle, t.project, t.round],
      foreignColumns: [workRound.cycle, workRound.project, workRound.round],
    }),
  ],
)

/** A photo of a milestone, or of an answer: by Telegram's id where it came from there, and as a copy of ours. */
export const workPhoto = pgTable(
  'work_photo',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    milestone: integer().references(() => milestone.id),
    answer: integer().references(() => workAnswer.id, { onDelete: 'cascade' }),
    fileId: text('file_id'),
    /** Telegram's id of the file itself, or the hash of what was handed in: the same photo twice is one. */
    uniqueId: text('unique_id').notNull(),
    copy: text(),
    copyable: boolean().notNull().default(true),
  },
  (t) => [
    unique('work_photo_milestone').on(t.milestone, t.uniqueId),
    unique('work_photo_answer').on(t.answer),
    check('work_photo_of', sql`(${t.milestone} is null) <> (${t.answer} is null)`),
    check('work_photo_somewhere', sql`${t.fileId} is not null or ${t.copy} is not null`),
  ],
)
