// The lists that are voted on: the projects of a territory, in their frozen order.
import { and, eq, isNull } from 'drizzle-orm'
import type { ListEntry } from '../core/audit/projects-hash.ts'
import type { Localised } from '../core/localised.ts'
import type { Marks } from '../core/marks.ts'
import type { Pot, PotBudget } from '../core/pot.ts'
import type { Tx } from './db.ts'
import { project } from './schema-cycle.ts'

export interface Project {
  cycle: number
  id: string
  territory: number
  pot: Pot
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
  /** In place of those of its category. */
  marks: Marks | null
  withdrawn: boolean
}

/** The frozen list of a territory, in its order. */
export async function projectsOf(tx: Tx, cycleId: number, territory: number): Promise<Project[]> {
  return tx.sql<Project[]>`
    select p.cycle, p.id, p.territory, p.pot, p.number, p.title, p.summary, p.category, p.cost, t.name as place, p.lat, p.lon, p.photo,
      p.voice, p.marks, p.withdrawn
    from project p left join territory t on t.id = p.place
    where p.cycle = ${cycleId} and p.territory = ${territory} order by p.number`
}

/** The whole list of a cycle as an import brings it, in no order. */
export const listOf = (tx: Tx, cycle: number): Promise<ListEntry[]> =>
  tx.orm
    .select({
      territory: project.territory,
      number: project.number,
      title: project.title,
      summary: project.summary,
      category: project.category,
      cost: project.cost,
      lat: project.lat,
      lon: project.lon,
      pot: project.pot,
      marks: project.marks,
    })
    .from(project)
    .where(eq(project.cycle, cycle))

/** Takes the whole list away; the database lets nobody do it once the cycle is no draft. */
export async function dropProjects(tx: Tx, cycle: number): Promise<void> {
  await tx.orm.delete(project).where(eq(project.cycle, cycle))
}

export interface VotingList {
  territory: number
  pots: (PotBudget & {
    projects: {
      id: string
      number: number
      title: Localised
      cost: number
      withdrawn: boolean
      marks?: Marks
    }[]
  })[]
}

/** What a cycle is voted on: each territory with its pots, each pot with its budget and its list, in order. */
export const votingLists = (tx: Tx, cycle: number): Promise<VotingList[]> =>
  tx.sql<VotingList[]>`
    select x.territory, json_agg(json_strip_nulls(json_build_object('pot', x.pot, 'name', x.name, 'ballot', x.ballot,
      'budget', x.budget, 'projects', coalesce((
      select json_agg(json_build_object('id', p.id, 'number', p.number, 'title', p.title, 'cost', p.cost, 'withdrawn', p.withdrawn,
          'marks', p.marks)
        order by p.number)
      from project p where p.cycle = x.cycle and p.territory = x.territory and p.pot = x.pot), '[]'))) order by x.pot) as pots
    from pot x where x.cycle = ${cycle} group by x.territory order by x.territory`

/** Writes down the marks of every project that has none of its own, kind by kind, so that they are frozen with it. */
export async function keepMarks(tx: Tx, cycle: number, of: (category: string) => Marks): Promise<void> {
  const without = and(eq(project.cycle, cycle), isNull(project.marks))
  const kinds = await tx.orm.selectDistinct({ category: project.category }).from(project).where(without)
  for (const { category } of kinds)
    await tx.orm
      .update(project)
      .set({ marks: of(category) })
      .where(and(without, eq(project.category, category)))
}

/** The last number of each territory's list. */
export async function lastNumbers(tx: Tx, cycle: number): Promise<Map<number, number>> {
  const rows = await tx.sql<{ territory: number; last: number }[]>`
    select territory, max(number) as last from project where cycle = ${cycle} group by territory`
  return new Map(rows.map(({ territory, last }) => [territory, last]))
}

export async function insertProjects(tx: Tx, rows: (typeof project.$inferInsert)[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 500)
    await tx.orm.insert(project).values(rows.slice(start, start + 500))
}
