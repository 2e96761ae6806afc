// Voting territories of cycles, as most screens show them: a place with its cycle, its budget and its desk.
import type { Localised } from '../core/localised.ts'
import { type Cycle, cycleColumns, cycleOf, type CycleRow } from './cycles.ts'
import type { Tx } from './db.ts'
import { cycleTerritory } from './schema-cycle.ts'
import { within } from './territories.ts'

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

type Fragment = ReturnType<Tx['sql']>

const placesWhere = async (tx: Tx, condition: Fragment): Promise<Place[]> => {
  const rows = await tx.sql<(Omit<Place, 'cycle'> & { cycle: CycleRow })[]>`
    select (select row_to_json(x) from (select ${cycleColumns(tx)}) x) as cycle,
      t.id as territory, t.name, t.kind, ${within(tx)} as within, t.lat, t.lon, ct.budget,
      json_build_object('place', ct.desk_place, 'hours', ct.desk_hours, 'phone', ct.desk_phone) as desk,
      (select count(*)::int from project p where p.cycle = c.id and p.territory = t.id and not p.withdrawn) as projects,
      coalesce((select max(o.cycle) from cycle_territory o join cycle oc on oc.id = o.cycle
        where o.territory = t.id and oc.phase <> 'draft' and (oc.profile <> 'practice' or oc.id = c.id)), c.id) as newest
    from cycle_territory ct join cycle c on c.id = ct.cycle join territory t on t.id = ct.territory
    where ${condition} order by ct.territory`
  return rows.map((row) => ({ ...row, cycle: cycleOf(row.cycle) }))
}

/** The voting territory of a cycle, or undefined. */
export async function placeOfCycle(tx: Tx, cycle: number, territory: number): Promise<Place | undefined> {
  const [place] = await placesWhere(tx, tx.sql`ct.cycle = ${cycle} and ct.territory = ${territory}`)
  return place
}

/** The territories of a cycle, by id. */
export const territoriesOf = (tx: Tx, cycle: number): Promise<Place[]> =>
  placesWhere(tx, tx.sql`ct.cycle = ${cycle}`)

/** The newest announced cycle of each territory: what a newcomer may choose from; or its newest practice instead. */
export const openPlaces = (tx: Tx, practice = false): Promise<Place[]> =>
  placesWhere(
    tx,
    tx.sql`c.phase <> 'draft' and (c.profile = 'practice') = ${practice} and not exists (
      select 1 from cycle_territory o join cycle oc on oc.id = o.cycle
      where o.territory = t.id and oc.phase <> 'draft' and (oc.profile = 'practice') = ${practice} and o.cycle > c.id)`,
  )

export async function insertTerritories(tx: Tx, rows: (typeof cycleTerritory.$inferInsert)[]): Promise<void> {
  await tx.orm.insert(cycleTerritory).values(rows)
}
