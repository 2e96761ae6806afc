// Who printed which cards, as the leaves of their import say it.
import type { Tx } from './db.ts'

/** Those of these cards of a village that somebody printed, told by their mark. */
export async function printedBy(
  tx: Tx,
  cycle: number,
  territory: number,
  serials: readonly number[],
  mark: string,
): Promise<number[]> {
  const rows = await tx.sql<{ serial: number }[]>`
    select distinct a.serial from leaf l join card_act a on a.leaf = l.id
    cross join lateral (select convert_from(l.body, 'UTF8')::jsonb -> 1 as said) e
    where l.log = ${cycle} and l.kind = 'cards-printed' and a.serial = any(${serials as number[]}::int[])
      and e.said ->> 'village' = ${String(territory)}::text and e.said ->> 'by' = ${mark}::text order by a.serial`
  return rows.map(({ serial }) => serial)
}
