// What an operator watches, read in one query; each part touches few rows however much there is.
import type { Tx } from './db.ts'

export interface Figures {
  /** Leaves without a number, among the newest thousand and all after them. */
  unnumbered: number
  /** Age of the oldest of them; 0 where there is none. */
  unnumberedSeconds: number
  /** Messages by state: pending, sending, paused, unknown, failed, set-aside. */
  deliveries: Record<string, number>
  /** How long the oldest message that is due has waited; 0 where none is. */
  dueSeconds: number
  /** Ballots of the last day whose receipt nobody has been shown for a minute. */
  receiptsUnshown: number
  /** Who runs what under a lease just now. */
  leases: { name: string; holder: string }[]
  /** The newest migration. */
  schema: number
}

export async function readFigures(tx: Tx): Promise<Figures> {
  const [row] = await tx.sql<[Figures]>`
    with waiting as (
      select l.at from leaf l
      where l.id > (select coalesce(max(leaf), 0) - 1000 from entry) and not exists (select from entry e where e.leaf = l.id))
    select (select count(*)::int from waiting) as unnumbered,
      (select coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float from waiting) as "unnumberedSeconds",
      (select coalesce(json_object_agg(d.state, d.n), '{}') from (
        select state, count(*)::int as n from delivery
        where state in ('pending', 'sending', 'paused', 'unknown', 'failed', 'set-aside') group by state) d) as deliveries,
      (select coalesce(greatest(extract(epoch from clock_timestamp() - min(due_at)), 0), 0)::float
        from delivery where state = 'pending') as "dueSeconds",
      (select count(*)::int from ballot b join opened_ballot o on o.id = b.opened_ballot
        where o.shown_at is null and o.account is not null
          and b.at < now() - interval '1 minute' and b.at > now() - interval '1 day') as "receiptsUnshown",
      (select coalesce(json_agg(json_build_object('name', name, 'holder', holder) order by name), '[]')
        from lease where until > clock_timestamp()) as leases,
      (select count(*)::int from drizzle.__drizzle_migrations) as schema`
  return row
}
