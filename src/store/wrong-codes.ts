// Wrong look-ups of cards and contacts: how many a cycle sees in an hour, and whether that was reported.
import type { Tx } from './db.ts'

/** `wrong` look-ups of the last hour; more than `most` of them are an alarm, and accounts with one wait from then on. */
export interface WrongCodes {
  /** Short name of the cycle. */
  cycle: string
  wrong: number
  most: number
}

/** Of every cycle whose people claim rights. */
export const wrongCodes = (tx: Tx): Promise<WrongCodes[]> => tx.sql<WrongCodes[]>`
  select c.slug as cycle, attempt_most(c.id)::int as most,
    (select count(*)::int from attempt a where a.cycle = c.id and a.at > clock_timestamp() - interval '1 hour') as wrong
  from cycle c where c.phase not in ('draft', 'counting', 'results', 'implementation', 'closed') order by c.id`

/** The same where there are too many, each cycle once an hour, whoever asks. Cards are counted only above what `attempt_most` never falls below. */
export const reportWrongCodes = (tx: Tx): Promise<WrongCodes[]> => tx.sql<WrongCodes[]>`
  with much as (select c.id, c.slug, attempt_most(c.id)::int as most, a.wrong from cycle c cross join lateral (
      select count(*)::int as wrong from attempt where cycle = c.id and at > clock_timestamp() - interval '1 hour') a
    where case when a.wrong > 20 then a.wrong > attempt_most(c.id) end),
  told as (insert into code_alarm as o (cycle, at) select id, clock_timestamp() from much
    on conflict (cycle) do update set at = excluded.at where o.at <= clock_timestamp() - interval '1 hour' returning cycle)
  select m.slug as cycle, m.most, m.wrong from much m join told on told.cycle = m.id order by m.id`
