// What residents report to auditors alone: pressure, votes that are bought. Nothing here leads to a right or a ballot.
import { sql } from 'drizzle-orm'
import { check, date, foreignKey, index, integer, pgTable, smallint, text, unique } from 'drizzle-orm/pg-core'
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
