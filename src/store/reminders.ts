// Reminders of a vote: queued once each. Whether one still has sense is decided when it is claimed: `claimDeliveries`.
import { laneOf } from '../core/notice.ts'
import { openedUnsent } from './announcements.ts'
import type { Tx } from './db.ts'
import { wants } from './deliveries.ts'

/** Votes `y` that run and do not stand still, with their close `p`. */
const running = (tx: Tx) => tx.sql`
  cycle y join phase_start p on p.cycle = y.id and p.phase = 'counting' and p.starts_at > clock_timestamp()
    and not exists (select 1 from halt h where h.cycle = y.id and h.until is null)`

/** As the table has it, and as a notice reads it. */
const until = (tx: Tx) => tx.sql`to_char(p.starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * To whoever opened a ballot and did not send it: two hours after they opened the last one, and in the last 24 hours of the vote.
 * `dueAt`: UTC ISO. Returns how many are new.
 */
export async function queueOpened(tx: Tx, what: 'opened' | 'last-day', dueAt: string): Promise<number> {
  const { count } = await tx.sql`
    insert into delivery (account, kind, lane, facts, dedupe, due_at)
    select a.id, 'reminder', ${laneOf('reminder')}::int, jsonb_build_object('cycle', y.id, 'territory', a.home_territory,
        'what', ${what}::text, 'until', ${until(tx)}), 'reminder:' || ${what}::text || ':' || y.id || ':' || a.id, ${dueAt}::timestamptz
    from ${running(tx)} join account a on a.home_cycle = y.id and a.home_territory is not null and a.reachable
      and ${wants(tx, 'reminder')}
    where y.phase = 'voting'
      and exists (select 1 from opened_ballot o where o.account = a.id and o.cycle = y.id and ${openedUnsent(tx)})
      and case when ${what}::text = 'opened' then (select max(o.at) from opened_ballot o where o.account = a.id and o.cycle = y.id)
          < clock_timestamp() - interval '2 hours'
        else p.starts_at < clock_timestamp() + interval '24 hours' end
    for key share of a on conflict (dedupe) do nothing`
  return count
}

/** To everybody of a vote that has begun within a day, who was not told because they had asked for it. A practice tells nobody. */
export async function queueBeginning(tx: Tx, dueAt: string): Promise<number> {
  const { count } = await tx.sql`
    insert into delivery (account, kind, lane, facts, dedupe, due_at)
    select a.id, 'reminder', ${laneOf('reminder')}::int, jsonb_build_object('cycle', y.id, 'territory', a.home_territory,
        'what', 'voting', 'until', ${until(tx)}), 'reminder:voting:' || y.id || ':' || a.id, ${dueAt}::timestamptz
    from ${running(tx)} join phase_start v on v.cycle = y.id and v.phase = 'voting' and v.starts_at <= clock_timestamp()
        and v.starts_at > clock_timestamp() - interval '1 day'
      join account a on a.home_cycle = y.id and a.home_territory is not null and a.reachable and ${wants(tx, 'reminder')}
        and a.created_at < v.starts_at
    where y.phase = 'voting' and y.profile <> 'practice'
      and not exists (select 1 from delivery d where d.dedupe = 'began:' || y.id || ':voting:' || a.id)
    for key share of a on conflict (dedupe) do nothing`
  return count
}
