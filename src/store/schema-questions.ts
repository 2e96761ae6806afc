// Tables of what residents ask about a project, and of who follows one.
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Words } from '../core/idea.ts'
import type { QuestionState } from '../core/question.ts'
import { accountId, moment } from './columns.ts'
import { account, project } from './schema-cycle.ts'
import { idea } from './schema-ideas.ts'

/** A question to the officials of the place of a project or an idea. */
export const question = pgTable(
  'question',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    cycle: integer().notNull(),
    /** What it is about: a project, or an idea. */
    project: text(),
    idea: integer().references(() => idea.id, { onDelete: 'cascade' }),
    /** Empty once the account was erased. */
    account: accountId().references(() => account.id, { onDelete: 'set null' }),
    /** Which of the questions that an account may have open at a time: no two of one account are the same. */
    slot: smallint().notNull(),
    /** The language it was asked in. */
    locale: text().notNull(),
    /** Phones, ИИН and links are covered before it is kept. */
    text: text().notNull(),
    state: text().$type<QuestionState>().notNull().default('open'),
    /** One more with every answer: what is answered is what was read. */
    version: integer().notNull().default(0),
    answers: jsonb().$type<Words>().notNull().default({}),
    /** Why there is no answer. */
    reason: text(),
    answeredBy: bigint('answered_by', { mode: 'number' }),
    at: moment('at').notNull().defaultNow(),
    answeredAt: moment('answered_at'),
  },
  (t) => [
    foreignKey({ columns: [t.cycle, t.project], foreignColumns: [project.cycle, project.id] }),
    uniqueIndex('question_open').on(t.account, t.slot).where(sql`${t.state} = 'open'`),
    index('question_project').on(t.cycle, t.project, t.state),
    index('question_idea').on(t.idea, t.state),
    check('question_about', sql`(${t.project} is null) <> (${t.idea} is null)`),
    check('question_state', sql`${t.state} in ('open', 'answered', 'declined')`),
    check('question_slot', sql`${t.slot} between 1 and 3`),
    check('question_answered', sql`(${t.state} = 'answered') = (${t.answers} <> '{}'::jsonb)`),
    check('question_declined', sql`(${t.state} = 'declined') = (${t.reason} is not null)`),
  ],
)

/** Who wants to hear of a project; it goes with the account. */
export const follow = pgTable(
  'follow',
  {
    account: accountId()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    cycle: integer().notNull(),
    project: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.cycle, t.project] }),
    index('follow_project').on(t.cycle, t.project),
    foreignKey({ columns: [t.cycle, t.project], foreignColumns: [project.cycle, project.id] }),
  ],
)
