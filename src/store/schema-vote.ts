// Tables of the vote: ballots, results, messages, and the log that everything is written to.
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
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
import type { Count } from '../core/counting/count.ts'
import { GENERAL, type Pot } from '../core/pot.ts'
import { accountId, bytes, moment } from './columns.ts'
import { rollRow } from './schema-roll.ts'

export const openedBallot = pgTable(
  'opened_ballot',
  {
    id: uuid().primaryKey(),
    cycle: integer().notNull(),
    rollRow: integer('roll_row')
      .notNull()
      .references(() => rollRow.id),
    /** Empty once it was erased. */
    account: accountId(),
    at: moment('at').notNull().defaultNow(),
    shownAt: moment('shown_at'),
  },
  (t) => [index('opened_ballot_row').on(t.rollRow), index('opened_ballot_account').on(t.account)],
)

/** An assisted session: this ballot was opened on a facilitator's phone for the person of its row. Nothing of a choice. */
export const assist = pgTable(
  'assist',
  {
    ballot: uuid()
      .primaryKey()
      .references(() => openedBallot.id),
    cycle: integer().notNull(),
    rollRow: integer('roll_row')
      .notNull()
      .references(() => rollRow.id),
    /** The facilitator; empty once the account was erased. */
    account: accountId(),
    /** In which the person reads the ballot. */
    locale: text(),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
    endedAt: moment('ended_at'),
    /** When an account that holds the row was told of the vote, or nobody had to be. */
    toldAt: moment('told_at'),
  },
  (t) => [
    index('assist_untold').on(t.at).where(sql`${t.toldAt} is null`),
    index('assist_helper').on(t.cycle, t.account),
    /** A facilitator helps one person at a time. */
    uniqueIndex('assist_open').on(t.account).where(sql`${t.endedAt} is null`),
  ],
)

/** The append-only log: an act inserts its leaf in its own transaction. Log 0 is the installation's own. */
export const leaf = pgTable(
  'leaf',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    log: integer().notNull(),
    kind: text().notNull(),
    body: bytes().notNull(),
    hash: bytes().notNull(),
    /** `leafMac`: what only the program can have written. */
    mac: bytes().notNull(),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    unique('leaf_hash').on(t.log, t.hash),
    index('leaf_act').on(t.log, t.kind).where(sql`${t.kind} <> 'ballot'`),
  ],
)

/** Which cards a leaf about cards lists, by their serials in its village. Only grows. */
export const cardAct = pgTable(
  'card_act',
  {
    leaf: bigint({ mode: 'number' })
      .notNull()
      .references(() => leaf.id),
    serial: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.leaf, t.serial] })],
)

/** The number of a leaf in its log: numbering is an insert. */
export const entry = pgTable(
  'entry',
  {
    log: integer().notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
    leaf: bigint({ mode: 'number' })
      .notNull()
      .unique()
      .references(() => leaf.id),
  },
  (t) => [primaryKey({ columns: [t.log, t.seq] })],
)

/** Signed tree heads: the last one of a log, and every checkpoint. */
export const head = pgTable(
  'head',
  {
    log: integer().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    root: bytes().notNull(),
    edge: jsonb().$type<string[]>().notNull(),
    note: text().notNull(),
    checkpoint: boolean().notNull().default(false),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.log, t.size] })],
)

/** Subtree hashes of a log, so that a proof reads a handful of rows. The last tile of a level is replaced by a wider one. */
export const tile = pgTable(
  'tile',
  {
    log: integer().notNull(),
    level: smallint().notNull(),
    index: bigint({ mode: 'number' }).notNull(),
    width: smallint().notNull(),
    hashes: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.log, t.level, t.index] }),
    check('tile_whole', sql`octet_length(${t.hashes}) = 32 * ${t.width} and ${t.width} between 1 and 256`),
  ],
)

export const ballot = pgTable(
  'ballot',
  {
    cycle: integer().notNull(),
    rollRow: integer('roll_row')
      .notNull()
      .references(() => rollRow.id),
    s: integer().notNull(),
    openedBallot: uuid('opened_ballot')
      .notNull()
      .unique()
      .references(() => openedBallot.id),
    channel: text().notNull(),
    /** Null once it was forgotten, after the days for disputes. */
    box: bytes(),
    leaf: bigint({ mode: 'number' })
      .notNull()
      .unique()
      .references(() => leaf.id),
    receipt: text().notNull(),
    /** `rowBond` of leaf and right. */
    bond: bytes().notNull(),
    /** The receipt as it was signed for the cast: the time in it, on the program's clock, and the signature. */
    signedAt: moment('signed_at').notNull(),
    signature: bytes().notNull(),
    at: moment('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.rollRow, t.s] }),
    unique('ballot_receipt').on(t.cycle, t.receipt),
    index('ballot_number').on(t.receipt),
  ],
)

/** Who may run a loop just now, on the database's clock. */
export const lease = pgTable('lease', {
  name: text().primaryKey(),
  holder: text().notNull(),
  until: moment('until').notNull(),
})

type DeliveryState =
  | ('pending' | 'sending' | 'sent' | 'blocked' | 'failed' | 'cancelled')
  /** It may have arrived: never sent again. */
  | 'unknown'
  /** No message can be made of it. */
  | 'set-aside'
  /** Waits until its announcement is resumed. */
  | 'paused'

/** A message to send that rides on no request: the kind and the facts; the text is made on sending. */
export const delivery = pgTable(
  'delivery',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    account: accountId().notNull(),
    kind: text().notNull(),
    facts: jsonb().notNull(),
    dedupe: text().notNull().unique(),
    state: text().$type<DeliveryState>().notNull().default('pending'),
    dueAt: moment('due_at').notNull().defaultNow(),
    claimedAt: moment('claimed_at'),
    messageId: bigint('message_id', { mode: 'number' }),
    /** What goes first: `LANES` of core/notice.ts. */
    lane: smallint().notNull().default(1),
    announcement: integer(),
    /** When its reader pressed the button under an announcement. */
    pressedAt: moment('pressed_at'),
    /** The state of a message that must wait after all: `pending`, or what became of its announcement while it was on its way. */
    backTo: text('back_to').notNull().default('pending'),
    /** In an index in place of `state`: what came of a message that is on its way is then written into the row and into no index. */
    waiting: boolean().generatedAlwaysAs(sql`state = 'pending'`),
  },
  (t) => [
    index('delivery_due').on(t.lane, t.dueAt, t.id).where(sql`${t.waiting}`),
    index('delivery_account').on(t.account),
    index('delivery_announcement').on(t.announcement).where(sql`${t.announcement} is not null`),
  ],
)

/** The count of a pot of a territory: preliminary until it is published. */
export const result = pgTable(
  'result',
  {
    cycle: integer().notNull(),
    territory: integer().notNull(),
    pot: text().$type<Pot>().notNull().default(GENERAL),
    count: jsonb().$type<Count>().notNull(),
    ballots: integer().notNull(),
    hash: text().notNull(),
    /** Its ballots as they are published, without a word of who cast them; null where few voted. */
    list: text(),
    state: text({ enum: ['preliminary', 'published'] })
      .notNull()
      .default('preliminary'),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.territory, t.pot] }),
    check('result_state', sql`${t.state} in ('preliminary', 'published')`),
  ],
)

/** What this database was begun with: fingerprints of the secrets that lie outside it. Written once. */
export const fingerprint = pgTable('fingerprint', {
  name: text().primaryKey(),
  sha256: text().notNull(),
})
