// Cycles, their timelines, voting territories and projects.
import { and, eq, sql } from 'drizzle-orm'
import type { BallotTerms } from '../core/ballots/index.ts'
import type { RuleTerms } from '../core/counting/index.ts'
import { isPublished, type Phase, type Profile, type Revote, type Timeline } from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { iso, type Tx } from './db.ts'
import { cycle, cycleTerritory, phaseStart, project } from './schema-cycle.ts'

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
  boxSize: number | undefined
  publicKey: string | undefined
  seedCommitment: string | undefined
  frozenRules: string | undefined
  timeline: Timeline
}

export type CycleRow = Omit<
  Cycle,
  'timeline' | 'boxSize' | 'publicKey' | 'seedCommitment' | 'frozenRules'
> & {
  boxSize: number | null
  publicKey: string | null
  seedCommitment: string | null
  frozenRules: string | null
  timeline: Record<string, string> | null
}

/** A row as the program knows it: nulls are absent, moments UTC ISO. */
export const cycleOf = (row: CycleRow): Cycle => ({
  ...row,
  boxSize: row.boxSize ?? undefined,
  publicKey: row.publicKey ?? undefined,
  seedCommitment: row.seedCommitment ?? undefined,
  frozenRules: row.frozenRules ?? undefined,
  timeline: Object.fromEntries(Object.entries(row.timeline ?? {}).map(([phase, at]) => [phase, iso(at)])),
})

const cycleColumns = (tx: Tx) => tx.sql`
  c.id, c.slug, c.title, c.profile, c.trial, c.phase, c.method, c.revote, c.ballot_terms as "ballotTerms",
  c.rule_terms as "ruleTerms", c.currency, c.max_people as "maxPeople", c.box_size as "boxSize", c.public_key as "publicKey",
  c.seed_commitment as "seedCommitment", c.frozen_rules as "frozenRules",
  (select json_object_agg(p.phase, p.starts_at) from phase_start p where p.cycle = c.id) as timeline`

/** One cycle by id, or undefined. */
export async function cycleById(tx: Tx, id: number): Promise<Cycle | undefined> {
  const [row] = await tx.sql<CycleRow[]>`select ${cycleColumns(tx)} from cycle c where c.id = ${id}`
  return row && cycleOf(row)
}

/** One cycle by slug or number, as a command names it. */
export async function cycleByName(tx: Tx, name: string): Promise<Cycle | undefined> {
  const [row] = await tx.sql<
    CycleRow[]
  >`select ${cycleColumns(tx)} from cycle c where c.slug = ${name} or c.id::text = ${name}`
  return row && cycleOf(row)
}

/** All cycles, newest first. */
export async function allCycles(tx: Tx): Promise<Cycle[]> {
  const rows = await tx.sql<CycleRow[]>`select ${cycleColumns(tx)} from cycle c order by c.id desc`
  return rows.map(cycleOf)
}

export interface Desk {
  place: Localised | null
  hours: string | null
  phone: string | null
}

/** A voting territory with its cycle: what most screens are about. */
export interface Place {
  cycle: Cycle
  territory: number
  name: Localised
  kind: string
  /** Okrug and district, nearest first: villages share names. */
  within: Localised[]
  lat: number | null
  lon: number | null
  budget: number
  desk: Desk
  projects: number
  /** The newest announced cycle of this territory: this one or a later one. A practice takes nobody's place. */
  newest: number
}

type PlaceRow = CycleRow & {
  territory: number
  name: Localised
  kind: string
  okrug: Localised | null
  district: Localised | null
  lat: number | null
  lon: number | null
  budget: number
  deskPlace: Localised | null
  deskHours: string | null
  deskPhone: string | null
  projects: number
  newest: number
}

const placeOf = (row: PlaceRow): Place => {
  const {
    territory,
    name,
    kind,
    okrug,
    district,
    lat,
    lon,
    budget,
    deskPlace,
    deskHours,
    deskPhone,
    projects,
    newest,
    ...rest
  } = row
  return {
    cycle: cycleOf(rest),
    territory,
    name,
    kind,
    within: [okrug, district].filter((unit) => unit !== null),
    lat,
    lon,
    budget,
    desk: { place: deskPlace, hours: deskHours, phone: deskPhone },
    projects,
    newest,
  }
}

const placeQuery = (tx: Tx) => tx.sql`
  select ${cycleColumns(tx)}, t.id as territory, t.name, t.kind, t.lat, t.lon, ct.budget,
    case when p1.level >= 1 then p1.name end as okrug, case when p2.level >= 1 then p2.name end as district,
    ct.desk_place as "deskPlace", ct.desk_hours as "deskHours", ct.desk_phone as "deskPhone",
    (select count(*)::int from project x where x.cycle = c.id and x.territory = t.id and not x.withdrawn) as projects,
    coalesce((select max(o.cycle) from cycle_territory o join cycle oc on oc.id = o.cycle
      where o.territory = t.id and oc.phase <> 'draft' and (oc.profile <> 'practice' or oc.id = c.id)), c.id) as newest
  from cycle_territory ct join cycle c on c.id = ct.cycle join territory t on t.id = ct.territory
  left join territory p1 on p1.id = t.parent left join territory p2 on p2.id = p1.parent`

/** The voting territory of a cycle, or undefined. */
export async function placeOfCycle(tx: Tx, cycleId: number, territory: number): Promise<Place | undefined> {
  const [row] = await tx.sql<
    PlaceRow[]
  >`${placeQuery(tx)} where ct.cycle = ${cycleId} and ct.territory = ${territory}`
  return row && placeOf(row)
}

/** The newest announced cycle of each territory: what a newcomer may choose from; or its newest practice instead. */
export async function openPlaces(tx: Tx, practice = false): Promise<Place[]> {
  const rows = await tx.sql<PlaceRow[]>`
    select * from (${placeQuery(tx)} where c.phase <> 'draft' and (c.profile = 'practice') = ${practice}) x
    where not exists (select 1 from cycle_territory o join cycle oc on oc.id = o.cycle
      where o.territory = x.territory and oc.phase <> 'draft' and (oc.profile = 'practice') = ${practice} and o.cycle > x.id)
    order by x.territory`
  return rows.map(placeOf)
}

export interface Project {
  cycle: number
  id: string
  territory: number
  number: number
  title: Localised
  summary: Localised | null
  category: string
  cost: number
  place: Localised | null
  lat: number | null
  lon: number | null
  photo: string | null
  voice: string | null
  withdrawn: boolean
}

/** The frozen list of a territory, in its order. */
export async function projectsOf(tx: Tx, cycleId: number, territory: number): Promise<Project[]> {
  return tx.sql<Project[]>`
    select p.cycle, p.id, p.territory, p.number, p.title, p.summary, p.category, p.cost, t.name as place, p.lat, p.lon, p.photo,
      p.voice, p.withdrawn
    from project p left join territory t on t.id = p.place
    where p.cycle = ${cycleId} and p.territory = ${territory} order by p.number`
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

export async function insertTerritories(tx: Tx, rows: (typeof cycleTerritory.$inferInsert)[]): Promise<void> {
  await tx.orm.insert(cycleTerritory).values(rows)
}

export async function insertProjects(tx: Tx, rows: (typeof project.$inferInsert)[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 500)
    await tx.orm.insert(project).values(rows.slice(start, start + 500))
}

/** Moves a phase on, once: the row still stands in `from`, and (unless by hand) its time has come on the database's clock. */
export async function movePhase(
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

export async function setPhaseStart(tx: Tx, id: number, phase: Phase, startsAt: string): Promise<void> {
  const moment = startsAt === 'now' ? sql`clock_timestamp()` : startsAt
  await tx.orm
    .insert(phaseStart)
    .values({ cycle: id, phase, startsAt: moment as string })
    .onConflictDoUpdate({ target: [phaseStart.cycle, phaseStart.phase], set: { startsAt: moment as string } })
}

/** Takes the cycle's advisory lock exclusively until the transaction ends: every cast before is committed, none is in flight. */
export async function lockCasts(tx: Tx, id: number): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(7, ${id})`
}

/** Cycles whose next phase the clock may bring. */
export async function cyclesUnderway(tx: Tx): Promise<Cycle[]> {
  const all = await allCycles(tx)
  return all.filter((one) => one.phase !== 'draft' && !isPublished(one.phase))
}

/** The territories of a cycle, by id. */
export async function territoriesOf(tx: Tx, id: number): Promise<Place[]> {
  const rows = await tx.sql<PlaceRow[]>`${placeQuery(tx)} where ct.cycle = ${id} order by ct.territory`
  return rows.map(placeOf)
}
