// Places of the classifier, with an id of our own: codes change with reforms.
import { eq } from 'drizzle-orm'
import type { KatoPlace } from '../core/formats/kato.ts'
import type { Localised } from '../core/localised.ts'
import type { Tx } from './db.ts'
import { territory } from './schema-cycle.ts'

/** Stores the classifier's places that are not there yet; parents first. Names that officials changed stay. */
export async function insertPlaces(tx: Tx, rows: readonly KatoPlace[]): Promise<void> {
  const [{ count } = { count: 0 }] = await tx.sql<
    { count: number }[]
  >`select count(*)::int as count from territory where kato is not null`
  if (count >= rows.length) return
  for (let start = 0; start < rows.length; start += 500) {
    const part = rows.slice(start, start + 500)
    await tx.orm
      .insert(territory)
      .values(part.map(({ kato, level, kind, name, lat, lon }) => ({ kato, level, kind, name, lat, lon })))
      .onConflictDoNothing({ target: territory.kato })
  }
  const pairs = rows.filter((row) => row.parent)
  await tx.sql`
    update territory t set parent = p.id from unnest(${pairs.map((row) => row.kato)}::text[], ${pairs.map((row) => row.parent ?? '')}::text[]) x(kato, up)
    join territory p on p.kato = x.up where t.kato = x.kato and t.parent is null`
}

/** Our id of a classifier code, or undefined. */
export async function territoryByKato(tx: Tx, kato: string): Promise<number | undefined> {
  const [row] = await tx.orm.select({ id: territory.id }).from(territory).where(eq(territory.kato, kato))
  return row?.id
}

/** Each of these territories with all that it lies in. */
export async function linesOf(tx: Tx, territories: readonly number[]): Promise<number[][]> {
  const rows = await tx.sql<{ line: number[] }[]>`
    with recursive up as (
      select x.id as territory, x.id as place from unnest(${territories as number[]}::int[]) x(id)
      union select up.territory, t.parent from up join territory t on t.id = up.place where t.parent is not null)
    select json_agg(place) as line from up group by territory`
  return rows.map(({ line }) => line)
}

/** Adds a place that the classifier does not know; returns its id. */
export async function insertTerritory(tx: Tx, row: typeof territory.$inferInsert): Promise<number> {
  const [stored] = await tx.orm.insert(territory).values(row).returning({ id: territory.id })
  if (!stored) throw new Error('the territory was not stored')
  return stored.id
}

/** Our ids and the classifier's codes of the territories that vote in a cycle. */
export const codesOf = (tx: Tx, cycle: number): Promise<{ territory: number; kato: string | null }[]> =>
  tx.sql<{ territory: number; kato: string | null }[]>`
    select t.id as territory, t.kato from cycle_territory c join territory t on t.id = c.territory
    where c.cycle = ${cycle} order by t.id`

/** A place as an official may name it. */
export interface KnownTerritory {
  territory: number
  kato: string | null
  name: Localised
  /** Okrug and district, nearest first. */
  within: Localised[]
}

/** Okrug and district of a territory that the sentence calls `t`, nearest first, as JSON. */
export const within = (tx: Tx) => tx.sql`(
  select coalesce(json_agg(u.name order by u.level desc), '[]') from territory up join territory u on u.id in (up.id, up.parent)
  where up.id = t.parent and u.level >= 1)`

/** All places, or those that vote in a cycle. */
export const knownTerritories = (tx: Tx, cycle?: number): Promise<KnownTerritory[]> =>
  tx.sql<KnownTerritory[]>`
    select t.id as territory, t.kato, t.name, ${within(tx)} as within from territory t
    where ${cycle ?? null}::int is null
      or exists (select 1 from cycle_territory c where c.cycle = ${cycle ?? null}::int and c.territory = t.id)
    order by t.id`

/** A place that is chosen step by step: the district, then a settlement in it. */
export interface ChosenPlace {
  territory: number
  name: Localised
  within: Localised[]
}

/** The districts, and the towns that are none's. */
export const districts = (tx: Tx): Promise<ChosenPlace[]> =>
  tx.sql<
    ChosenPlace[]
  >`select t.id as territory, t.name, '[]'::json as within from territory t where t.level = 1`

/** The settlements of a district: what people live in, not what they are governed by. */
export const settlementsOf = (tx: Tx, district: number): Promise<ChosenPlace[]> =>
  tx.sql<ChosenPlace[]>`
    select t.id as territory, t.name, ${within(tx)} as within from territory t left join territory up on up.id = t.parent
    where ${district} in (t.parent, up.parent) and (t.level = 3 or t.kind = 'city')`

/** One settlement with its okrug and district; undefined for what nobody lives in. */
export async function settlementById(tx: Tx, id: number): Promise<ChosenPlace | undefined> {
  const [row] = await tx.sql<ChosenPlace[]>`
    select t.id as territory, t.name, ${within(tx)} as within from territory t
    where t.id = ${id} and (t.level = 3 or t.kind = 'city')`
  return row
}
