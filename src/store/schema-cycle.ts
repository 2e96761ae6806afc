// Tables of places, cycles, projects, people and roles.
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
} from 'drizzle-orm/pg-core'
import type { IdeaTerms } from '../core/idea.ts'
import type { Switch } from '../core/manners.ts'
import type { Localised } from '../core/localised.ts'
import type { Marks } from '../core/marks.ts'
import type { BallotTerms } from '../core/ballots/index.ts'
import { GENERAL, type Pot } from '../core/pot.ts'
import type { TrustTerms } from '../core/trust-terms.ts'
import type { WorkTerms } from '../core/work.ts'
import { accountId, moment, words } from './columns.ts'

/** A place: region, district, okrug, village, or the area of an imported election. */
export const territory = pgTable('territory', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  kato: text().unique(),
  parent: integer(),
  level: smallint().notNull(),
  kind: text().notNull(),
  name: jsonb().$type<Localised>().notNull(),
  lat: doublePrecision(),
  lon: doublePrecision(),
})

export const cycle = pgTable('cycle', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  slug: text().notNull().unique(),
  title: jsonb().$type<Localised>().notNull(),
  profile: text().notNull(),
  trial: boolean().notNull(),
  phase: text().notNull(),
  method: text().notNull(),
  revote: text().notNull(),
  ballotTerms: jsonb('ballot_terms').notNull(),
  ruleTerms: jsonb('rule_terms').notNull(),
  currency: text().notNull(),
  maxPeople: smallint('max_people').notNull(),
  /** How many people one facilitator may help. */
  helped: smallint().notNull().default(100),
  boxSize: integer('box_size'),
  publicKey: text('public_key'),
  seedCommitment: text('seed_commitment'),
  frozenRules: text('frozen_rules'),
  /** What differs from `IDEA_TERMS`. */
  ideaTerms: jsonb('idea_terms').$type<Partial<IdeaTerms>>().notNull().default({}),
  /** All terms; of a cycle of an earlier release what differs from `WORK_TERMS`. */
  workTerms: jsonb('work_terms').$type<Partial<WorkTerms>>().notNull().default({}),
  /** All terms; none of them in a cycle of an earlier release. */
  trustTerms: jsonb('trust_terms').$type<TrustTerms>().notNull().default({}),
  /** What residents are asked about, in its order; empty where nobody is. */
  needs: jsonb().$type<Localised[]>().notNull().default([]),
  createdAt: moment('created_at').notNull().defaultNow(),
})

/** When a phase of a cycle begins; a phase without a row is not part of the cycle. */
export const phaseStart = pgTable(
  'phase_start',
  {
    cycle: integer()
      .notNull()
      .references(() => cycle.id),
    phase: text().notNull(),
    startsAt: moment('starts_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.cycle, t.phase] })],
)

/** A voting territory of a cycle and its desk. */
export const cycleTerritory = pgTable(
  'cycle_territory',
  {
    cycle: integer()
      .notNull()
      .references(() => cycle.id),
    territory: integer()
      .notNull()
      .references(() => territory.id),
    deskPlace: jsonb('desk_place').$type<Localised>(),
    deskHours: text('desk_hours'),
    deskPhone: text('desk_phone'),
  },
  (t) => [primaryKey({ columns: [t.cycle, t.territory] })],
)

/** What a voting territory votes on: a pot with its budget in whole units. */
export const pot = pgTable(
  'pot',
  {
    cycle: integer().notNull(),
    territory: integer().notNull(),
    pot: text().$type<Pot>().notNull(),
    budget: bigint({ mode: 'number' }).notNull(),
    /** As people call it; the general pot needs none. */
    name: jsonb().$type<Localised>(),
    /** How its section is marked, where that is not how the cycle's ballot is. */
    ballot: jsonb().$type<BallotTerms>(),
    /** Ids of categories and marks: ideas that have one of them belong here. */
    takes: words(),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.territory, t.pot] }),
    foreignKey({
      columns: [t.cycle, t.territory],
      foreignColumns: [cycleTerritory.cycle, cycleTerritory.territory],
    }),
    check('pot_budget_positive', sql`${t.budget} > 0`),
    check('pot_takes_some', sql`cardinality(${t.takes}) > 0`),
  ],
)

export const project = pgTable(
  'project',
  {
    cycle: integer().notNull(),
    id: text().notNull(),
    territory: integer().notNull(),
    pot: text().$type<Pot>().notNull().default(GENERAL),
    /** Counts through the village, whatever the pot: a number names one project. */
    number: integer().notNull(),
    title: jsonb().$type<Localised>().notNull(),
    summary: jsonb().$type<Localised>(),
    category: text().notNull(),
    cost: bigint({ mode: 'number' }).notNull(),
    place: integer().references(() => territory.id),
    lat: doublePrecision(),
    lon: doublePrecision(),
    photo: text(),
    voice: text(),
    /** Marks and SDG numbers in place of those of its category. */
    marks: jsonb().$type<Marks>(),
    withdrawn: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.cycle, t.id] }),
    unique('project_number').on(t.cycle, t.territory, t.number),
    foreignKey({
      columns: [t.cycle, t.territory, t.pot],
      foreignColumns: [pot.cycle, pot.territory, pot.pot],
    }),
    check('cost_positive', sql`${t.cost} > 0`),
  ],
)

/** An account of Telegram: its id and what was chosen. Nothing else is kept. */
export const account = pgTable(
  'account',
  {
    id: accountId('id').primaryKey(),
    locale: text(),
    homeCycle: integer('home_cycle'),
    homeTerritory: integer('home_territory'),
    reachable: boolean().notNull().default(true),
    /** One project a message, everything in words. */
    easy: boolean().notNull().default(false),
    /** Kinds of notices that are switched off. */
    muted: jsonb().$type<Switch[]>().notNull().default([]),
    /** Where the person says that they live, being 18 or older. */
    residentOf: integer('resident_of').references(() => territory.id),
    /** Fingerprint of the commands that Telegram was told for this chat alone; empty: those of everybody. */
    toldCommands: text('told_commands'),
    source: text(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [index('account_told').on(t.id).where(sql`${t.toldCommands} is not null`)],
)

export const roleGrant = pgTable(
  'role_grant',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    account: accountId().notNull(),
    role: text().notNull(),
    territory: integer().references(() => territory.id),
    grantedBy: text('granted_by').notNull(),
    grantedAt: moment('granted_at').notNull().defaultNow(),
    until: moment('until'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [index('role_grant_account').on(t.account)],
)

/** Who wants to be told when something starts in a village: one wish for each kind; it goes with the account. */
export const watch = pgTable(
  'watch',
  {
    account: accountId()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    territory: integer()
      .notNull()
      .references(() => territory.id),
    kind: text().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.territory, t.kind] }),
    index('watch_told').on(t.territory, t.kind),
    check('watch_kind', sql`${t.kind} in ('ideas', 'voting', 'results')`),
  ],
)
