// Cycles and their timelines. A cycle's row is read here and nowhere else.
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { BallotTerms } from '../core/ballots/index.ts'
import type { RuleTerms } from '../core/counting/index.ts'
import {
  type Halt,
  isPublished,
  PHASES,
  type Phase,
  type Profile,
  type Revote,
  type Timeline,
} from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import type { TrustTerms } from '../core/trust-terms.ts'
import { iso, type Tx } from './db.ts'
import { haltColumn } from './halts.ts'
import { cycle, phaseStart } from './schema-cycle.ts'
import { awayColumn } from './telegram-away.ts'

export interface Cycle {
  id: number
  slug: string
  title: Localised
  profile: Profile
  trial: boolean
  phase: Phase
  /** A kind of verification method. */
  method: string
  revote: Revote
  ballotTerms: BallotTerms
  ruleTerms: RuleTerms
  currency: string
  maxPeople: number
  trustTerms: TrustTerms
  /** How many people one facilitator may help. */
  helped: number
  boxSize: number | undefined
  publicKey: string | undefined
  seedCommitment: string | undefined
  frozenRules: string | undefined
  timeline: Timeline
  /** It stands still just now. */
  halt: Halt | undefined
  /** Its close was moved here because Telegram was away, UTC ISO. */
  awayClose: string | undefined
  /** When this was read, on the database's clock, UTC ISO. */
  asOf: string
}

export type CycleRow = Omit<
  Cycle,
  'timeline' | 'halt' | 'awayClose' | 'boxSize' | 'publicKey' | 'seedCommitment' | 'frozenRules'
> & {
  boxSize: number | null
  publicKey: string | null
  seedCommitment: string | null
  frozenRules: string | null
  timeline: Record<string, string> | null
  halt: Halt | null
  awayClose: string | null
}

/** A row as the program knows it: nulls are absent, moments UTC ISO. */
export const cycleOf = (row: CycleRow): Cycle => ({
  ...row,
  boxSize: row.boxSize ?? undefined,
  publicKey: row.publicKey ?? undefined,
  seedCommitment: row.seedCommitment ?? undefined,
  frozenRules: row.frozenRules ?? undefined,
  halt: row.halt ? { ...row.halt, at: iso(row.halt.at) } : undefined,
  awayClose: row.awayClose === null ? undefined : iso(row.awayClose),
  asOf: iso(row.asOf),
  timeline: Object.fromEntries(Object.entries(row.timeline ?? {}).map(([phase, at]) => [phase, iso(at)])),
})

/** The columns of a CycleRow, of a cycle that the sentence calls `c`. */
export const cycleColumns = (tx: Tx) => tx.sql`
  clock_timestamp() as "asOf", c.id, c.slug, c.title, c.profile, c.trial, c.phase, c.method, c.revote, c.ballot_terms as "ballotTerms",
  c.rule_terms as "ruleTerms", c.currency, c.max_people as "maxPeople", c.helped, c.trust_terms as "trustTerms", c.box_size as "boxSize", c.public_key as "publicKey",
  c.seed_commitment as "seedCommitment", c.frozen_rules as "frozenRules",
  (select json_object_agg(p.phase, p.starts_at) from phase_start p where p.cycle = c.id) as timeline,
  ${haltColumn(tx)} as halt, ${awayColumn(tx)} as "awayClose"`

/** One cycle by id, or undefined. */
export async function cycleById(tx: Tx, id: number): Promise<Cycle | undefined> {
  const [row] = await tx.sql<CycleRow[]>`select ${cycleColumns(tx)} from cycle c where c.id = ${id}`
  return row && cycleOf(row)
}

/** The same, its row locked until the transaction ends. Read after the lock is held: what others did before is seen. */
export async function cycleForUpdate(tx: Tx, id: number): Promise<Cycle | undefined> {
  await tx.sql`select 1 from cycle where id = ${id} for update`
  return cycleById(tx, id)
}

/** The same, held as it is: nobody moves it on until the transaction ends. */
export async function cycleForShare(tx: Tx, id: number): Promise<Cycle | undefined> {
  await tx.sql`select 1 from cycle where id = ${id} for share`
  return cycleById(tx, id)
}

/** One cycle by slug or number, as a command names it. */
export async function cycleByName(tx: Tx, name: string): Promise<Cycle | undefined> {
  const [row] = await tx.sql<CycleRow[]>`
    select ${cycleColumns(tx)} from cycle c where c.slug = ${name} or c.id::text = ${name}`
  return row && cycleOf(row)
}

/** All cycles, newest first. */
export async function allCycles(tx: Tx): Promise<Cycle[]> {
  const rows = await tx.sql<CycleRow[]>`select ${cycleColumns(tx)} from cycle c order by c.id desc`
  return rows.map(cycleOf)
}

const UNDERWAY = PHASES.filter((phase) => phase !== 'draft' && !isPublished(phase))

/** Cycles whose next phase the clock may bring, newest first: none that stands still. */
export async function cyclesUnderway(tx: Tx): Promise<Cycle[]> {
  const rows = await tx.sql<CycleRow[]>`
    select ${cycleColumns(tx)} from cycle c where c.phase = any(${UNDERWAY}::text[])
      and not exists (select 1 from halt h where h.cycle = c.id and h.until is null) order by c.id desc`
  return rows.map(cycleOf)
}

export async function insertCycle(
  tx: Tx,
  values: typeof cycle.$inferInsert,
  timeline: Timeline,
): Promise<number> {
  const [row] = await tx.orm.insert(cycle).values(values).returning({ id: cycle.id })
  if (!row) throw new Error('the cycle was not stored')
  const starts = Object.entries(timeline).map(([phase, startsAt]) => ({ cycle: row.id, phase, startsAt }))
  if (starts.length > 0) await tx.orm.insert(phaseStart).values(starts)
  return row.id
}

/** Moves a phase on, once: the row still stands in `from`, and (unless by hand) its time has come on the database's clock. */
export async function updatePhase(
  tx: Tx,
  id: number,
  from: Phase,
  to: Phase,
  byClock: boolean,
): Promise<boolean> {
  const due = sql`exists (select 1 from ${phaseStart} p where p.cycle = ${id} and p.phase = ${to} and p.starts_at <= clock_timestamp())`
  const rows = await tx.orm
    .update(cycle)
    .set({ phase: to })
    .where(and(eq(cycle.id, id), eq(cycle.phase, from), byClock ? due : undefined))
    .returning({ id: cycle.id })
  return rows.length > 0
}

/** Freezes what voting will hold: set once, while nothing is frozen. */
export async function freeze(
  tx: Tx,
  id: number,
  frozen: { boxSize: number; publicKey: string; seedCommitment: string; frozenRules: string },
): Promise<void> {
  await tx.orm.update(cycle).set(frozen).where(eq(cycle.id, id))
}

/** A phase begins at another moment. `startsAt`: UTC ISO. */
export const setPhaseStart = (tx: Tx, id: number, phase: Phase, startsAt: string): Promise<void> =>
  upsertStart(tx, id, phase, startsAt)

/** A phase begins now, on the database's clock. */
export const startPhaseNow = (tx: Tx, id: number, phase: Phase): Promise<void> =>
  upsertStart(tx, id, phase, sql`clock_timestamp()`)

async function upsertStart(tx: Tx, id: number, phase: Phase, startsAt: string | SQL): Promise<void> {
  await tx.orm
    .insert(phaseStart)
    .values({ cycle: id, phase, startsAt })
    .onConflictDoUpdate({ target: [phaseStart.cycle, phaseStart.phase], set: { startsAt } })
}

/** Takes the cycle's advisory lock exclusively until the transaction ends: every cast before is committed, none is in flight. */
export async function lockCasts(tx: Tx, id: number): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(7, ${id})`
}

/** The same, shared, as a cast takes it: until the transaction ends no close comes. Taken behind rows of the roll, never before. */
export async function shareCasts(tx: Tx, id: number): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock_shared(7, ${id})`
}
