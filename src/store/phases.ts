// A cycle held for a decision about its phase, on the database's clock, and what is frozen when voting opens.
import { asc, eq } from 'drizzle-orm'
import { type Cycle, cycleOf, type CycleRow } from './cycles.ts'
import { iso, type Tx } from './db.ts'
import { cycle, cycleTerritory, phaseStart, project } from './schema-cycle.ts'

/** The database's clock, UTC ISO: what all replicas share. */
export async function clock(tx: Tx): Promise<string> {
  const [row] = await tx.sql<{ now: string }[]>`select clock_timestamp()::text as now`
  if (!row) throw new Error('the database did not tell the time')
  return iso(row.now)
}

/** Locks the cycle's row until the transaction ends and reads it with its timeline; undefined when there is none. */
export async function cycleForUpdate(tx: Tx, id: number): Promise<Cycle | undefined> {
  const [row] = await tx.orm.select().from(cycle).where(eq(cycle.id, id)).for('update')
  if (!row) return undefined
  const starts = await tx.orm.select().from(phaseStart).where(eq(phaseStart.cycle, id))
  const timeline = Object.fromEntries(starts.map((start) => [start.phase, start.startsAt]))
  const { createdAt: _, ...facts } = row
  return cycleOf({ ...facts, timeline } as CycleRow)
}

export interface VotingList {
  territory: number
  budget: number
  projects: { id: string; number: number; cost: number; withdrawn: boolean }[]
}

/** What a cycle is voted on: each territory with its budget and its list, in order. */
export async function votingLists(tx: Tx, id: number): Promise<VotingList[]> {
  const territories = await tx.orm
    .select({ territory: cycleTerritory.territory, budget: cycleTerritory.budget })
    .from(cycleTerritory)
    .where(eq(cycleTerritory.cycle, id))
    .orderBy(asc(cycleTerritory.territory))
  const projects = await tx.orm
    .select({
      territory: project.territory,
      id: project.id,
      number: project.number,
      cost: project.cost,
      withdrawn: project.withdrawn,
    })
    .from(project)
    .where(eq(project.cycle, id))
    .orderBy(asc(project.territory), asc(project.number))
  return territories.map((row) => ({
    ...row,
    projects: projects
      .filter((one) => one.territory === row.territory)
      .map(({ id: project, number, cost, withdrawn }) => ({ id: project, number, cost, withdrawn })),
  }))
}
