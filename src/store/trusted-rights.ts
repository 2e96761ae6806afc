// What a trusted reading reads of those who may vote, page by page: cards with their acts, and claims.
import type { CardRow, ClaimRow } from '../core/audit/trusted/cards.ts'
import type { Tx } from './db.ts'

/** Which cards the leaves of a log list, by the leaf's number; one without a number stands where it will get it. */
export async function cardLists(tx: Tx, log: number): Promise<Map<number, number[]>> {
  const rows = await tx.sql<{ seq: number; serials: number[] }[]>`
    with numbered as (select count(*) as size from entry where log = ${log}),
      waiting as (select l.id, row_number() over (order by l.id) - 1 as n from leaf l
        where l.log = ${log} and not exists (select 1 from entry e where e.leaf = l.id and e.log = l.log))
    select coalesce(e.seq, w.n + (select size from numbered)) as seq, json_agg(a.serial) as serials
    from leaf l join card_act a on a.leaf = l.id
    left join entry e on e.leaf = l.id and e.log = l.log left join waiting w on w.id = l.id
    where l.log = ${log} and l.kind <> 'ballot' group by 1`
  return new Map(rows.map(({ seq, serials }) => [seq, serials]))
}

/** Cards of a cycle, after an id. */
export const cardsAfter = (
  tx: Tx,
  cycle: number,
  after: number,
  limit: number,
): Promise<(CardRow & { id: number })[]> =>
  tx.sql<(CardRow & { id: number })[]>`
    select id, territory::text as village, serial, roll_row as right, state, code_hash as code, bond from card
    where cycle = ${cycle} and id > ${after} order by id limit ${limit}`

/** Claims of a cycle, after a right. */
export const claimsAfter = (tx: Tx, cycle: number, after: number, limit: number): Promise<ClaimRow[]> =>
  tx.sql<ClaimRow[]>`
    select c.roll_row as right, r.territory::text as village, c.account::text as account, c.nonce, c.erased, c.serial
    from claim c join roll_row r on r.id = c.roll_row
    where c.cycle = ${cycle} and c.roll_row > ${after} order by c.roll_row limit ${limit}`
