// The figures of a report by village, counted in one sentence each; people as they are: what may be shown is decided above.
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
  verified: number
  voted: number
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
      (select count(*)::int from claim c join roll_row r on r.id = c.roll_row where c.cycle = ct.cycle and r.territory = ct.territory)
        as verified,
      (select count(distinct b.roll_row)::int from ballot b join roll_row r on r.id = b.roll_row
        where b.cycle = ct.cycle and r.territory = ct.territory) as voted,
      (select json_build_object('sent', count(*), 'taken', count(*) filter (where i.state in ('approved', 'feasible')),
          'refused', count(*) filter (where i.state in ('rejected', 'unfeasible')), 'merged', count(*) filter (where i.state = 'merged'))
        from idea i where i.cycle = ct.cycle and i.territory = ct.territory and i.number is not null) as ideas,
      (select count(*)::int from project p where p.cycle = ct.cycle and p.territory = ct.territory and not p.withdrawn) as projects
    from cycle_territory ct where ct.cycle = ${cycle} order by ct.territory`
