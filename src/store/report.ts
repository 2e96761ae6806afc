// The figures of a report by village, counted in one sentence each; people as they are: what may be shown is decided above.
import type { PeopleStops } from '../core/report-people.ts'
import type { Tx } from './db.ts'

export interface ReportRow {
  territory: number
  /** Rows of the roll. */
  roll: number
  /** Accounts that chose this village of this cycle, and those of them whom a link brought there. */
  started: number
  byLink: number
  /** Those of them whom the link of this village brought, as its posters and leaflets have it. */
  byPoster: number
  /** Rows that somebody proved to be theirs: with an account of their own, or before a facilitator. */
  verified: number
  /** Those of the roll whom an official verified in person. */
  inPerson: number
  /** Rows for which a ballot was opened, and those that sent one, by whatever phone. */
  opened: number
  voted: number
  /** Rows whose vote counts, by the way it came. */
  online: number
  assisted: number
  paper: number
  ideas: { sent: number; taken: number; refused: number; merged: number }
  projects: number
}

export const reportRows = (tx: Tx, cycle: number): Promise<ReportRow[]> =>
  tx.sql<ReportRow[]>`
    select ct.territory,
      (select count(*)::int from roll_row r where r.cycle = ct.cycle and r.territory = ct.territory) as roll,
      (select count(*)::int from account a where a.home_cycle = ct.cycle and a.home_territory = ct.territory) as started,
      (select count(*)::int from account a where a.home_cycle = ct.cycle and a.home_territory = ct.territory and a.source is not null)
        as "byLink",
      (select count(*)::int from account a where a.home_cycle = ct.cycle and a.home_territory = ct.territory
        and a.source = 'v_' || ct.territory) as "byPoster",
      (select count(*)::int from (select roll_row from claim where cycle = ct.cycle union select roll_row from assist where cycle = ct.cycle) v
        join roll_row r on r.id = v.roll_row where r.territory = ct.territory) as verified,
      (select count(*)::int from claim c join roll_row r on r.id = c.roll_row
        where c.cycle = ct.cycle and r.territory = ct.territory and c.method = 'in-person') as "inPerson",
      (select count(distinct o.roll_row)::int from opened_ballot o join roll_row r on r.id = o.roll_row
        where o.cycle = ct.cycle and r.territory = ct.territory) as opened,
      (select count(distinct b.roll_row)::int from ballot b join roll_row r on r.id = b.roll_row
        where b.cycle = ct.cycle and r.territory = ct.territory) as voted,
      coalesce(ways.online, 0) as online, coalesce(ways.assisted, 0) as assisted,
      coalesce((select ballots from paper_box p where p.cycle = ct.cycle and p.territory = ct.territory), 0) as paper,
      (select json_build_object('sent', count(*), 'taken', count(*) filter (where i.state in ('approved', 'feasible')),
          'refused', count(*) filter (where i.state in ('rejected', 'unfeasible')), 'merged', count(*) filter (where i.state = 'merged'))
        from idea i where i.cycle = ct.cycle and i.territory = ct.territory and i.number is not null) as ideas,
      (select count(*)::int from project p where p.cycle = ct.cycle and p.territory = ct.territory and not p.withdrawn) as projects
    from cycle_territory ct
    left join (
      select r.territory, (count(*) filter (where b.channel = 'online'))::int as online,
        (count(*) filter (where b.channel = 'assisted'))::int as assisted
      from (select distinct on (roll_row) roll_row, channel from ballot where cycle = ${cycle} order by roll_row, s desc) b
      join roll_row r on r.id = b.roll_row where r.way <> 'paper' or b.channel <> 'online' group by r.territory) ways
      on ways.territory = ct.territory
    where ct.cycle = ${cycle} order by ct.territory`

/** Accounts and rows that came so far and no further. */
export async function stopRow(tx: Tx, cycle: number): Promise<PeopleStops> {
  const [row] = await tx.sql<[PeopleStops]>`
    select (select count(*)::int from account a where a.locale is not null and a.home_cycle is null) as "noVillage",
      (select count(*)::int from account a where a.home_cycle = ${cycle}
        and not exists (select from claim c where c.cycle = ${cycle} and c.account = a.id)) as unverified,
      (select count(*)::int from claim c where c.cycle = ${cycle}
        and not exists (select from opened_ballot o where o.roll_row = c.roll_row)) as unopened,
      (select count(distinct o.roll_row)::int from opened_ballot o where o.cycle = ${cycle}
        and not exists (select from ballot b where b.roll_row = o.roll_row)) as unsent`
  return row
}
