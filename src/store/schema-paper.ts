// Tables of votes on paper: what clerks typed in of a box, until two agree, and the boxes that they agreed on.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import type { Localised } from '../core/localised.ts'
import { accountId, bytes, moment } from './columns.ts'
import { cycleTerritory } from './schema-cycle.ts'

/** A paper box as one clerk typed it: marks instead of what stands on its papers. It goes once two agree, and with the account. */
export const paperEntry = pgTable(
  'paper_entry',
  {
    cycle: integer().notNull(),
    territory: integer().notNull(),
    account: accountId().notNull(),
    /** The `typedMark` of each valid paper. */
    papers: jsonb().$type<string[]>().notNull(),
    spoiled: integer().notNull(),
    returned: integer().notNull(),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.territory, t.account] }),
    index('paper_entry_account').on(t.account),
    foreignKey({
      columns: [t.cycle, t.territory],
      foreignColumns: [cycleTerritory.cycle, cycleTerritory.territory],
    }),
    check('paper_entry_numbers', sql`${t.spoiled} >= 0 and ${t.returned} >= 0`),
  ],
)

/** The paper box of a village, once: what two people entered alike, its papers sealed to the cycle's key. */
export const paperBox = pgTable(
  'paper_box',
  {
    cycle: integer().notNull(),
    territory: integer().notNull(),
    ballots: integer().notNull(),
    spoiled: integer().notNull(),
    returned: integer().notNull(),
    marks: integer().notNull(),
    /** Null once it was forgotten, after the days for disputes. */
    box: bytes(),
    /** Why its numbers do not fit, as everybody may read it. Written once. */
    note: jsonb().$type<Localised>(),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.territory] }),
    foreignKey({
      columns: [t.cycle, t.territory],
      foreignColumns: [cycleTerritory.cycle, cycleTerritory.territory],
    }),
    check(
      'paper_box_numbers',
      sql`${t.ballots} >= 0 and ${t.spoiled} >= 0 and ${t.returned} >= 0 and ${t.marks} > 0`,
    ),
  ],
)
