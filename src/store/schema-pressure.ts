// What auditors alone read: pressure and votes that are bought, as residents report it, and why a vote went under review. Nothing here leads to a right or a ballot.
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytes, moment } from './columns.ts'
import { cycleTerritory } from './schema-cycle.ts'

export const pressureReport = pgTable(
  'pressure_report',
  {
    /** Its number through the installation, as the log says it. */
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    cycle: integer().notNull(),
    territory: integer().notNull(),
    text: text(),
    /** Telegram's id of a voice note. */
    voice: text(),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
    /** The keyed hash of the account, so that a day has no more than three of one; empty the day after, and once the account was erased. */
    mark: bytes(),
    day: date({ mode: 'string' }).notNull(),
    slot: smallint().notNull(),
  },
  (t) => [
    foreignKey({
      columns: [t.cycle, t.territory],
      foreignColumns: [cycleTerritory.cycle, cycleTerritory.territory],
    }),
    unique('pressure_report_slot').on(t.mark, t.day, t.slot),
    index('pressure_report_cycle').on(t.cycle),
    check('pressure_report_slot_of', sql`${t.slot} between 1 and 3`),
    check('pressure_report_what', sql`(${t.text} is null) <> (${t.voice} is null)`),
    check('pressure_report_long', sql`char_length(${t.text}) between 1 and 1000`),
  ],
)

/** Why the vote of a village goes under review, or out of it, as somebody proposed it; that it did stands in the log. */
export const reviewReason = pgTable(
  'review_reason',
  {
    cycle: integer().notNull(),
    territory: integer().notNull(),
    /** How often it went under review and out of it before. */
    turn: smallint().notNull(),
    /** SHA-256 of the text, hex: the same words are one reason. */
    hash: text().notNull(),
    text: text().notNull(),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
    /** A second person confirmed it. */
    done: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.territory, t.turn, t.hash] }),
    foreignKey({
      columns: [t.cycle, t.territory],
      foreignColumns: [cycleTerritory.cycle, cycleTerritory.territory],
    }),
    uniqueIndex('review_reason_done').on(t.cycle, t.territory, t.turn).where(sql`${t.done}`),
    check('review_reason_long', sql`char_length(${t.text}) between 1 and 500`),
  ],
)
