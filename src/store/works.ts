// Works: projects that are being built, with milestones, what officials said, and how many residents agree.
import { eq, sql } from 'drizzle-orm'
import type { MilestoneFacts } from '../core/audit/milestone-hash.ts'
import type { Localised } from '../core/localised.ts'
import type { WorkTerms } from '../core/work.ts'
import { iso, type Tx } from './db.ts'
import { milestone, workRound } from './schema-works.ts'

/** A photo lies with Telegram, under a name in the folder of copies, or both. */
export interface WorkPhoto {
  id: number
  fileId: string | null
  copy: string | null
}

/** `number` counts through the work. */
export interface Milestone extends MilestoneFacts {
  id: number
  number: number
  photos: WorkPhoto[]
}

/** "Built", as it was said; `reply`: to whoever had found it not as promised. UTC ISO. */
export interface Round {
  round: number
  builtAt: string
  reply: Localised | null
}

/** As it is kept. `promised`: the cost that was voted on, whole tenge; `number`: of the project on the list of its village. */
export interface StoredWork {
  cycle: number
  slug: string
  trial: boolean
  currency: string
  terms: Partial<WorkTerms>
  territory: number
  village: Localised
  project: string
  number: number
  title: Localised
  category: string
  promised: number
  /** `outside`: paid by other money, never elected. */
  came: 'elected' | 'reserve' | 'outside'
  /** A winner that is not built after all. */
  dropped: boolean
  version: number
  changedBy: number | null
  changedAt: string
  milestones: Milestone[]
  rounds: Round[]
  /** Answers of the last round; `refused`: those that came with a photo. */
  accepted: number
  refused: number
  /** "Not as promised" without a photo. */
  unshown: number
}

/** One work, as its project names it. */
export interface WorkKey {
  cycle: number
  project: string
}

const photosOf = (tx: Tx) => tx.sql`
  (select coalesce(json_agg(json_build_object('id', f.id, 'fileId', f.file_id, 'copy', f.copy) order by f.id), '[]')
    from work_photo f where f.milestone = m.id)`

const shown = (tx: Tx) => tx.sql`
  select w.cycle, c.slug, c.trial, c.currency, c.work_terms as terms, p.territory, t.name as village, w.project, p.number, p.title, p.category,
    p.cost as promised, w.came, w.dropped, w.version, w.changed_by as "changedBy", w.changed_at as "changedAt",
    (select coalesce(json_agg(json_build_object('id', m.id, 'number', m.number, 'name', m.name, 'planned', m.planned, 'actual', m.actual,
      'percent', m.percent, 'cost', m.cost, 'photos', ${photosOf(tx)}) order by m.number), '[]')
      from milestone m where m.cycle = w.cycle and m.project = w.project) as milestones,
    (select coalesce(json_agg(json_build_object('round', r.round, 'builtAt', r.built_at, 'reply', r.reply) order by r.round), '[]')
      from work_round r where r.cycle = w.cycle and r.project = w.project) as rounds,
    coalesce(n.accepted, 0) as accepted, coalesce(n.refused, 0) as refused, coalesce(n.unshown, 0) as unshown
  from work w join cycle c on c.id = w.cycle join project p on p.cycle = w.cycle and p.id = w.project join territory t on t.id = p.territory
  left join lateral (
    select count(*) filter (where a.accepted)::int as accepted, count(*) filter (where not a.accepted and a.shown)::int as refused,
      count(*) filter (where not a.accepted and not a.shown)::int as unshown
    from work_answer a where a.cycle = w.cycle and a.project = w.project
      and a.round = (select max(round) from work_round r where r.cycle = w.cycle and r.project = w.project)) n on true`

const read = (row: StoredWork): StoredWork => ({
  ...row,
  changedAt: iso(row.changedAt),
  rounds: row.rounds.map((round) => ({ ...round, builtAt: iso(round.builtAt) })),
})

/** Of a cycle, or of a village of it, by territory and number. */
export async function worksIn(tx: Tx, cycle: number, territory?: number): Promise<StoredWork[]> {
  const rows = await tx.sql<StoredWork[]>`
    ${shown(tx)} where w.cycle = ${cycle} and p.territory = coalesce(${territory ?? null}, p.territory) order by p.territory, p.number`
  return rows.map(read)
}

/** Those of every cycle that goes on, the newest cycle first. */
export async function openWorks(tx: Tx): Promise<StoredWork[]> {
  const rows = await tx.sql<StoredWork[]>`
    ${shown(tx)} where c.phase in ('results', 'implementation') order by w.cycle desc, p.territory, p.number`
  return rows.map(read)
}

export async function workOf(tx: Tx, { cycle, project }: WorkKey): Promise<StoredWork | undefined> {
  const [row] = await tx.sql<StoredWork[]>`${shown(tx)} where w.cycle = ${cycle} and w.project = ${project}`
  return row && read(row)
}

/** Whoever changes it or answers waits until the transaction ends. */
export async function workForUpdate(tx: Tx, key: WorkKey): Promise<StoredWork | undefined> {
  await tx.sql`select 1 from work where cycle = ${key.cycle} and project = ${key.project} for update`
  return workOf(tx, key)
}

/** The key of a project by its number on the list of a village. */
export async function workNumbered(
  tx: Tx,
  at: { cycle: number; territory: number; number: number },
): Promise<WorkKey | undefined> {
  const [row] = await tx.sql<WorkKey[]>`
    select w.cycle, w.project from work w join project p on p.cycle = w.cycle and p.id = w.project
    where p.cycle = ${at.cycle} and p.territory = ${at.territory} and p.number = ${at.number}`
  return row
}

/** All terms of what comes after the vote, as they are frozen; undefined in a cycle of an earlier release. */
export async function workTermsOf(tx: Tx, cycle: number): Promise<Required<WorkTerms> | undefined> {
  const [row] = await tx.sql<{ terms: Partial<WorkTerms> }[]>`
    select work_terms as terms from cycle where id = ${cycle}`
  const { accept, days, reserve } = row?.terms ?? {}
  return accept === undefined || days === undefined || reserve === undefined
    ? undefined
    : { accept, days, reserve }
}

export async function anyWork(tx: Tx, cycle: number, territory: number): Promise<boolean> {
  const rows = await tx.sql`
    select 1 from work w join project p on p.cycle = w.cycle and p.id = w.project
    where p.cycle = ${cycle} and p.territory = ${territory} limit 1`
  return rows.length > 0
}

/** What was elected is built. Safe to repeat. */
export async function beginWorks(tx: Tx, cycle: number): Promise<void> {
  await tx.sql`
    insert into work (cycle, project)
    select r.cycle, w.id from result r cross join lateral jsonb_array_elements_text(r.count -> 'winners') w(id)
    where r.cycle = ${cycle} and r.state = 'published' on conflict do nothing`
}

/** What became of a project after the vote; it is built, or no more. Safe to repeat. */
export async function setStanding(
  tx: Tx,
  { cycle, project }: WorkKey,
  now: 'elected' | 'reserve' | 'outside' | 'dropped',
): Promise<void> {
  const came = now === 'dropped' ? null : now
  await tx.sql`
    insert into work as w (cycle, project, came) values (${cycle}, ${project}, coalesce(${came}, 'elected'))
    on conflict (cycle, project) do update set came = coalesce(${came}, w.came), dropped = ${now === 'dropped'}`
}

/** One change more, of a work that is held. `by`: an account, or nobody's. */
export async function touchWork(tx: Tx, { cycle, project }: WorkKey, by: number | null): Promise<void> {
  await tx.sql`
    update work set version = version + 1, changed_by = ${by}, changed_at = clock_timestamp()
    where cycle = ${cycle} and project = ${project}`
}

/** Returns its id. */
export async function insertMilestone(
  tx: Tx,
  { cycle, project }: WorkKey,
  facts: MilestoneFacts & { number: number },
): Promise<number> {
  const [row] = await tx.orm
    .insert(milestone)
    .values({ cycle, project, ...facts })
    .returning({ id: milestone.id })
  if (!row) throw new Error('a milestone was not kept')
  return row.id
}

export async function changeMilestone(tx: Tx, id: number, facts: MilestoneFacts): Promise<void> {
  await tx.orm.update(milestone).set(facts).where(eq(milestone.id, id))
}

export async function insertRound(
  tx: Tx,
  { cycle, project }: WorkKey,
  { round, reply }: { round: number; reply: Localised | null },
): Promise<void> {
  await tx.orm.insert(workRound).values({ cycle, project, round, reply, builtAt: sql`clock_timestamp()` })
}
