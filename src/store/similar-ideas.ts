// Ideas of a village that share something with one: few of many, by an index of what each is found by.
import type { Point } from '../core/geo.ts'
import type { Kept } from '../core/similarity.ts'
import type { Tx } from './db.ts'

/** An idea that may be like another. */
export interface Candidate extends Kept {
  id: number
  author: number | null
  lat: number | null
  lon: number | null
}

export const MOST_CANDIDATES = 40

/**
 * Those of the same cycle and village that share most of `keys`, the nearest and the newest first; at most forty, never `id` itself, and
 * none that is a draft or was refused, withdrawn or merged. An insult is shown to nobody before a moderator has read it.
 */
export const candidates = (
  tx: Tx,
  { id, cycle, territory }: { id: number; cycle: number; territory: number },
  keys: readonly string[],
  at: Point | undefined,
): Promise<Candidate[]> =>
  tx.sql<Candidate[]>`
    select id, author, locale, category, title, body, titles, texts, lat, lon from idea
    where cycle = ${cycle} and territory = ${territory} and id <> ${id} and found_by && ${[...keys]}::text[]
      and (state in ('approved', 'feasible') or state in ('sent', 'returned') and not flags ? 'word')
    order by (select count(*) from unnest(found_by) key where key = any(${[...keys]}::text[])) desc,
      (lat - ${at?.lat ?? null}::float8) ^ 2 + ((lon - ${at?.lon ?? null}::float8) * cosd(${at?.lat ?? 0}::float8)) ^ 2, id desc
    limit ${MOST_CANDIDATES}`

/** Sent ideas that nothing finds yet, as an older program or a restored copy left them; the oldest first. */
export const unfound = (tx: Tx, limit: number): Promise<({ id: number; version: number } & Kept)[]> =>
  tx.sql<({ id: number; version: number } & Kept)[]>`
    select id, version, locale, category, title, body, titles, texts from idea
    where found_by is null and number is not null order by id limit ${limit}`

/** What each is found by from now on, where it still says what it said. */
export async function noteFoundBy(
  tx: Tx,
  rows: readonly { id: number; version: number; keys: string[] }[],
): Promise<void> {
  await tx.sql`
    update idea i set found_by = array(select jsonb_array_elements_text(x.keys))
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) x(id int, version int, keys jsonb)
    where i.id = x.id and i.version = x.version and i.found_by is null`
}
