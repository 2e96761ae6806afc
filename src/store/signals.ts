// What stands out in a vote, in numbers: its busiest hours, acts of one clerk, hours with many wrong codes. Nothing about a single person.
import { iso, type Tx } from './db.ts'

/** The hour with most first votes of each village; `votes` of `of` that came so far. */
export interface BusyHour {
  territory: number
  /** UTC ISO. */
  hour: string
  votes: number
  of: number
}

export async function busiestHours(tx: Tx, cycle: number): Promise<BusyHour[]> {
  const rows = await tx.sql<BusyHour[]>`
    with hours as (
      select r.territory, date_trunc('hour', b.at) as hour, count(*)::int as votes from ballot b join roll_row r on r.id = b.roll_row
      where b.cycle = ${cycle} and b.s = 1 group by 1, 2)
    select distinct on (territory) territory, hour, votes, (sum(votes) over (partition by territory))::int as of
    from hours order by territory, votes desc, hour`
  return rows.map((row) => ({ ...row, hour: iso(row.hour) }))
}

/** Of each village: rows that the busiest clerk handed a paper or saw a document for, and rows that voted or have a paper. */
export interface BusyClerk {
  territory: number
  rows: number
  of: number
}

export const busiestClerks = (tx: Tx, cycle: number): Promise<BusyClerk[]> => tx.sql<BusyClerk[]>`
  with acts as (
    select (e.event ->> 'village')::int as territory, e.event ->> 'by' as clerk, count(distinct e.event ->> 'row')::int as rows
    from leaf l cross join lateral (select convert_from(l.body, 'UTF8')::jsonb -> 1 as event) e
    where l.log = ${cycle} and l.kind in ('person-checked', 'way-changed') group by 1, 2),
  voted as (
    select r.territory, count(*)::int as of from roll_row r where r.cycle = ${cycle}
      and (r.way = 'paper' or exists (select 1 from ballot b where b.cycle = r.cycle and b.roll_row = r.id)) group by 1)
  select a.territory, max(a.rows)::int as rows, coalesce(max(v.of), 0)::int as of
  from acts a left join voted v on v.territory = a.territory group by a.territory order by a.territory`

/** Hours of the last two days with more wrong look-ups than `most`. */
export async function wrongHours(
  tx: Tx,
  cycle: number,
): Promise<{ hour: string; wrong: number; most: number }[]> {
  const rows = await tx.sql<{ hour: string; wrong: number; most: number }[]>`
    select date_trunc('hour', at) as hour, count(*)::int as wrong, attempt_most(${cycle})::int as most
    from attempt where cycle = ${cycle} group by 1 having count(*) > attempt_most(${cycle}) order by 1`
  return rows.map((row) => ({ ...row, hour: iso(row.hour) }))
}
