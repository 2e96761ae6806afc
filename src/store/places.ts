// Voting territories of cycles, as most screens show them: a place with its cycle, its budget and its desk.
import type { Localised } from '../core/localised.ts'
import type { PotBudget } from '../core/pot.ts'
import { type Cycle, cycleColumns, cycleOf, type CycleRow } from './cycles.ts'
import type { Db, Tx } from './db.ts'
import { cycleTerritory, pot } from './schema-cycle.ts'
import { within } from './territories.ts'

export type { PotBudget }

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
  pots: PotBudget[]
  /** Of all pots together. */
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
      t.id as territory, t.name, t.kind, ${within(tx)} as within, t.lat, t.lon,
      (select sum(x.budget)::bigint from pot x where x.cycle = c.id and x.territory = t.id) as budget,
      (select json_agg(json_strip_nulls(json_build_object('pot', x.pot, 'name', x.name, 'ballot', x.ballot, 'takes', x.takes,
          'budget', x.budget))
          order by x.pot)
        from pot x where x.cycle = c.id and x.territory = t.id) as pots,
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

/** The same in one round trip with whoever asks for a place in the same moment; they are handed the same one. */
export const placeTogether = (db: Db, cycle: number, territory: number): Promise<Place | undefined> =>
  db.together('place', `${cycle} ${territory}`, async (keys) => {
    const asked = keys.map((key) => key.split(' ').map(Number) as [number, number])
    const [cycles, territories] = [asked.map(([one]) => one), asked.map(([, one]) => one)]
    const places = await placesWhere(
      db,
      db.sql`(ct.cycle, ct.territory) in (select * from unnest(${cycles}::int[], ${territories}::int[]))`,
    )
    return new Map(places.map((place) => [`${place.cycle.id} ${place.territory}`, place]))
  })

/** The territories of a cycle, by id. */
export const territoriesOf = (tx: Tx, cycle: number): Promise<Place[]> =>
  placesWhere(tx, tx.sql`ct.cycle = ${cycle}`)

/** The newest announced cycle of each territory: what a newcomer may choose from; or its newest practice instead. */
export const openPlaces = (tx: Tx, practice = false): Promise<Place[]> =>
  placesWhere(tx, tx.sql`(c.profile = 'practice') = ${practice} and ${isNewest(tx)}`)

/** `c` is announced and the newest of its kind, vote or practice, in `ct.territory`. */
const isNewest = (tx: Tx): Fragment =>
  tx.sql`c.phase <> 'draft' and not exists (
    select 1 from cycle_territory o join cycle oc on oc.id = o.cycle where o.territory = ct.territory and o.cycle > c.id
      and oc.phase <> 'draft' and (oc.profile = 'practice') = (c.profile = 'practice'))`

/** One territory of each open cycle that verifies in one of these ways, practices last. */
export const openCyclesBy = (
  tx: Tx,
  methods: readonly string[],
): Promise<{ cycle: number; territory: number }[]> =>
  tx.sql<{ cycle: number; territory: number }[]>`
    select c.id as cycle, min(ct.territory) as territory from cycle c join cycle_territory ct on ct.cycle = c.id
    where c.method = any(${[...methods]}::text[]) and ${isNewest(tx)}
    group by c.id order by c.profile = 'practice', min(ct.territory)`

/** Adds territories to a cycle, each with the pots that it votes on. */
export async function insertTerritories(
  tx: Tx,
  rows: readonly { territory: typeof cycleTerritory.$inferInsert; pots: readonly PotBudget[] }[],
): Promise<void> {
  await tx.orm.insert(cycleTerritory).values(rows.map((row) => row.territory))
  const pots = rows.flatMap(({ territory: { cycle, territory }, pots: own }) =>
    own.map((one) => ({ cycle, territory, ...one })),
  )
  await tx.orm.insert(pot).values(pots)
}
