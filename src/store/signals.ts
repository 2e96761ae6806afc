// What stands out in a vote, in numbers: its busiest hours, acts of one clerk, links and phones behind many votes, hours with many wrong codes. Nothing about a single person.
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

/** Of each village: rights whose last vote came online (`of`), and what stands behind most of them. */
export interface OnlineVotes {
  territory: number
  of: number
  /** The link that brought most of those who cast them, as its payload, and `byLink` of the votes. */
  link: string | null
  byLink: number
  /** Accounts that voted in this cycle for as many people as one account may, and the votes of theirs that are of this village. */
  accounts: number
  byFull: number
}

/**
 * A village's own link is on its posters, leaflets and public page and leads to all of its projects alike, so whoever came by one (`v_…`) came
 * by no campaign; a project's link, and one that is not ours, is handed on by somebody who wants something. A link counts where it brought
 * the account since the vote was announced. Where an account may hold one person there are no full ones. Nothing once the vote was forgotten.
 */
export const onlineVotes = (tx: Tx, cycle: number): Promise<OnlineVotes[]> => tx.sql<OnlineVotes[]>`
  with last as (
    select distinct on (b.roll_row) b.roll_row, b.opened_ballot, b.channel from ballot b where b.cycle = ${cycle}
    order by b.roll_row, b.s desc),
  online as (
    select r.territory, o.account, case when a.source !~ '^v_[0-9]+$' and a.created_at >= y.began then left(a.source, 64) end as link,
      count(o.account) over (partition by o.account) >= y.most as is_full
    from last l join roll_row r on r.id = l.roll_row join opened_ballot o on o.id = l.opened_ballot left join account a on a.id = o.account
    cross join (select case when c.max_people > 1 then c.max_people end as most,
      (select min(p.starts_at) from phase_start p where p.cycle = c.id) as began from cycle c where c.id = ${cycle}) y
    where l.channel = 'online' and r.way <> 'paper'),
  links as (
    select distinct on (territory) territory, link, count(*)::int as votes from online where link is not null group by 1, 2
    order by territory, votes desc, link)
  select o.territory, count(*)::int as of, max(k.link) as link, coalesce(max(k.votes), 0) as "byLink",
    (count(distinct o.account) filter (where o.is_full))::int as accounts, (count(*) filter (where o.is_full))::int as "byFull"
  from online o left join links k on k.territory = o.territory group by o.territory order by o.territory`

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
