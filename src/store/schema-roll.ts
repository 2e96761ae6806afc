// Tables of who may vote: roll, cards, claims, and look-ups that failed.
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { accountId, bytes, moment } from './columns.ts'
import { cycle, cycleTerritory } from './schema-cycle.ts'

/** A row of the voter roll: a right to one vote. Names stay on the akimat's paper. */
export const rollRow = pgTable(
  'roll_row',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    cycle: integer().notNull(),
    territory: integer().notNull(),
    registerNo: integer('register_no').notNull(),
    contactMac: bytes('contact_mac'),
    way: text().notNull().default('open'),
  },
  (t) => [
    unique('roll_row_register').on(t.cycle, t.territory, t.registerNo),
    index('roll_row_contact').on(t.cycle, t.contactMac),
    foreignKey({
      columns: [t.cycle, t.territory],
      foreignColumns: [cycleTerritory.cycle, cycleTerritory.territory],
    }),
    check('way_known', sql`${t.way} in ('open', 'desk', 'paper')`),
  ],
)

export const card = pgTable(
  'card',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    cycle: integer().notNull(),
    territory: integer().notNull(),
    serial: integer().notNull(),
    rollRow: integer('roll_row')
      .notNull()
      .references(() => rollRow.id),
    /** Null once it was forgotten, after the days for disputes. */
    codeHash: bytes('code_hash'),
    /** `rowBond` of village, serial, right and code: the card opens this right and no other. */
    bond: bytes().notNull(),
    state: text().notNull().default('printed'),
  },
  (t) => [
    unique('card_serial').on(t.cycle, t.territory, t.serial),
    unique('card_code').on(t.cycle, t.codeHash),
    index('card_roll_row').on(t.rollRow),
    /** One card of a row is in somebody's hands. */
    uniqueIndex('card_in_hands').on(t.rollRow).where(sql`${t.state} = 'handed_over'`),
    check('card_state', sql`${t.state} in ('printed', 'handed_over', 'dead', 'returned', 'destroyed')`),
  ],
)

/** Who votes for a roll row. Once a ballot was cast an erasure leaves the row used and the account empty. */
export const claim = pgTable(
  'claim',
  {
    cycle: integer().notNull(),
    rollRow: integer('roll_row')
      .notNull()
      .references(() => rollRow.id),
    account: accountId(),
    /** 32 random bytes, by which its leaf says the account to nobody else; erased with it. */
    nonce: bytes(),
    /** The program's bond over the row where it erased the account after a vote; without it somebody took the claim away. */
    erased: bytes(),
    method: text().notNull(),
    serial: integer(),
    label: text(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.rollRow] }),
    index('claim_account').on(t.account),
    check(
      'claim_nonce',
      sql`(${t.account} is null) = (${t.nonce} is null) and coalesce(octet_length(${t.nonce}), 32) = 32`,
    ),
  ],
)

/** The last one-time code that the desk gave for a roll row, whose document it saw. It is typed in within ten minutes, once. */
export const deskCode = pgTable(
  'desk_code',
  {
    rollRow: integer('roll_row')
      .primaryKey()
      .references(() => rollRow.id),
    cycle: integer().notNull(),
    codeMac: bytes('code_mac').notNull(),
    used: boolean().notNull().default(false),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [unique('desk_code_mac').on(t.cycle, t.codeMac)],
)

/** A look-up of a code or contact that failed. The value tried is not kept. */
export const attempt = pgTable(
  'attempt',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    cycle: integer().notNull(),
    account: accountId().notNull(),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [index('attempt_account').on(t.account, t.at), index('attempt_cycle').on(t.cycle, t.at)],
)

/** When a cycle was last reported for too many wrong look-ups. */
export const codeAlarm = pgTable('code_alarm', {
  cycle: integer()
    .primaryKey()
    .references(() => cycle.id),
  at: moment('at').notNull(),
})
