// Tables of what staff brings in and does together: rolls that came in, acts that wait for a second official.
import { sql } from 'drizzle-orm'
import {
  check,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CycleDraft } from '../core/formats/cycle-file.ts'
import type { Localised } from '../core/localised.ts'
import type { JointAct } from '../core/two-officials.ts'
import { accountId, bytes, moment } from './columns.ts'
import { cycle } from './schema-cycle.ts'

type ProposalState = 'open' | 'done' | 'refused' | 'expired'

/** An act that one official proposed; another one confirms or refuses it, once. */
export const proposal = pgTable(
  'proposal',
  {
    id: uuid().primaryKey(),
    act: jsonb().$type<JointAct>().notNull(),
    /** SHA-256 of the act: the same one is proposed once at a time. */
    key: text().notNull(),
    /** Empty once the account was erased. */
    proposedBy: accountId('proposed_by'),
    state: text().$type<ProposalState>().notNull().default('open'),
    decidedBy: accountId('decided_by'),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
    until: moment('until').notNull(),
    decidedAt: moment('decided_at'),
    /** `rowBond`: nobody but the program asks an official to confirm. */
    bond: bytes().notNull(),
  },
  (t) => [
    uniqueIndex('proposal_open').on(t.key).where(sql`${t.state} = 'open'`),
    check('proposal_state', sql`${t.state} in ('open', 'done', 'refused', 'expired')`),
  ],
)

/** When a vote stood still, and why: nobody votes from `at` until `until`; a void one never again. */
export const halt = pgTable(
  'halt',
  {
    cycle: integer()
      .notNull()
      .references(() => cycle.id),
    n: smallint().notNull(),
    kind: text({ enum: ['suspended', 'void'] }).notNull(),
    at: moment('at').notNull(),
    reason: jsonb().$type<Localised>().notNull(),
    until: moment('until'),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.n] }),
    uniqueIndex('halt_open').on(t.cycle).where(sql`${t.until} is null`),
    check('halt_kind', sql`${t.kind} in ('suspended', 'void')`),
    check('halt_until', sql`${t.until} is null or (${t.until} >= ${t.at} and ${t.kind} = 'suspended')`),
  ],
)

/** A roll file that came in: applied once a person other than its importer approved it, where the profile asks for two. */
export const rollImport = pgTable(
  'roll_import',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    cycle: integer().notNull(),
    fileHash: text('file_hash').notNull(),
    rows: jsonb().notNull(),
    state: text({ enum: ['proposed', 'approved'] })
      .notNull()
      .default('proposed'),
    importedBy: text('imported_by').notNull(),
    approvedBy: text('approved_by'),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [
    unique('roll_import_file').on(t.cycle, t.fileHash),
    check('import_state', sql`${t.state} in ('proposed', 'approved')`),
  ],
)

/** Rows and cards of a roll that waits for its second official, as they will be stored: codes and phones as hashes only. */
export const stagedRoll = pgTable('staged_roll', {
  import: integer()
    .primaryKey()
    .references(() => rollImport.id),
  body: text().notNull(),
})

/** A cycle that an official is drawing up in the chat: one at a time, gone once it is made. */
export const cycleDraft = pgTable('cycle_draft', {
  account: accountId().primaryKey(),
  file: jsonb().$type<CycleDraft>().notNull(),
})
