// Messages that ride on no request: written in the transaction of the act they tell of, claimed and marked by the delivery loop.
import { type CycleNotice, factsOf, type Lane, LANES, laneOf, type Notice } from '../core/notice.ts'
import type { Tx } from './db.ts'
import { delivery } from './schema-vote.ts'

/** A message as it is kept: `facts` are as they were written, by whichever release. */
export interface Delivery {
  id: number
  account: number
  kind: string
  facts: unknown
  locale: string | null
}

/** Queues one message; the same `dedupe` twice is one message. */
export async function enqueue(
  tx: Tx,
  notice: Notice,
  to: { account: number; dedupe: string; announcement?: number },
): Promise<void> {
  const { kind } = notice
  await tx.orm
    .insert(delivery)
    .values({ ...to, kind, facts: factsOf(notice), lane: laneOf(kind) })
    .onConflictDoNothing({ target: delivery.dedupe })
}

/**
 * Queues a message to everyone reachable whose village takes part in a cycle; `key`: once each, however often it is called. The
 * accounts are held meanwhile: whoever is erased in this moment is written nothing.
 */
export async function enqueueForCycle(
  tx: Tx,
  cycle: number,
  notice: CycleNotice,
  key: string,
): Promise<void> {
  const { kind } = notice
  const facts = factsOf({ ...notice, cycle, territory: 0 })
  await tx.sql`
    insert into delivery (account, kind, lane, facts, dedupe)
    select a.id, ${kind}::text, ${laneOf(kind)}::int, ${JSON.stringify(facts)}::text::jsonb || jsonb_build_object('territory', a.home_territory),
      ${key}::text || ':' || a.id
    from account a where a.home_cycle = ${cycle} and a.home_territory is not null and a.reachable
    for key share on conflict (dedupe) do nothing`
}

/** Every lane, the first first. */
const IN_ORDER: readonly Lane[] = Object.values(LANES)

/**
 * Claims up to `limit` due messages of `kinds`, receipts before notices before announcements, each lane in the order of its times;
 * others skip them. The locale comes along, for the text is made on sending.
 */
export async function claimDeliveries(tx: Tx, kinds: readonly string[], limit: number): Promise<Delivery[]> {
  return tx.sql<Delivery[]>`
    update delivery d set state = 'sending', claimed_at = clock_timestamp()
    from (select q.id, a.locale from unnest(${IN_ORDER as number[]}::int[]) l(lane) cross join lateral (
        select id, account from delivery w
        where w.state = 'pending' and w.lane = l.lane and w.due_at <= now() and w.kind = any(${kinds as string[]}::text[])
        order by w.due_at, w.id limit ${limit} for update skip locked) q
      left join account a on a.id = q.account limit ${limit}) x
    where d.id = x.id returning d.id, d.account, d.kind, d.facts, x.locale`
}

/** Marks what came of a message; `later`: it waits again, unless its announcement was paused or cancelled meanwhile. */
export async function markDelivery(
  tx: Tx,
  id: number,
  outcome: 'sent' | 'blocked' | 'failed' | 'set-aside' | 'later',
  messageId?: number,
  afterSeconds = 0,
): Promise<void> {
  if (outcome === 'later')
    await tx.sql`
      update delivery set state = back_to, due_at = clock_timestamp() + make_interval(secs => ${afterSeconds})
      where id = ${id} and state = 'sending'`
  else
    await tx.sql`
      update delivery set state = ${outcome}, message_id = ${messageId ?? null} where id = ${id} and state = 'sending'`
}

/** Holds an announcement's messages back that are not on their way yet. Returns how many it still had. */
export async function pauseAnnouncement(tx: Tx, announcement: number): Promise<number> {
  const { count } = await tx.sql`
    update delivery set state = case state when 'pending' then 'paused' else state end, back_to = 'paused'
    where announcement = ${announcement} and state in ('pending', 'sending')`
  return count
}

/** Lets a paused announcement go on, each message at its time. Returns how many wait. */
export async function resumeAnnouncement(tx: Tx, announcement: number): Promise<number> {
  const { count } = await tx.sql`
    update delivery set state = case state when 'paused' then 'pending' else state end, back_to = 'pending'
    where announcement = ${announcement} and back_to = 'paused' and state in ('paused', 'sending')`
  return count
}

/** Ends an announcement, paused or not: what is not on its way is never sent. Returns how many that are, at most. */
export async function cancelAnnouncement(tx: Tx, announcement: number): Promise<number> {
  const { count } = await tx.sql`
    update delivery set state = case state when 'sending' then state else 'cancelled' end, back_to = 'cancelled'
    where announcement = ${announcement} and state in ('pending', 'paused', 'sending')`
  return count
}

/** A sender died between send and mark: whether the message went out is not known, so it is never sent again, and is counted. */
export async function settleUnknown(tx: Tx): Promise<number> {
  const rows = await tx.sql`
    update delivery set state = 'unknown' where state = 'sending' and claimed_at < clock_timestamp() - interval '5 minutes' returning id`
  return rows.length
}

/** Messages that were settled so many days ago go: they have nothing more to say, and name an account. */
export async function forgetSettled(tx: Tx, days: number): Promise<void> {
  await tx.sql`
    delete from delivery where state in ('sent', 'blocked', 'failed', 'unknown', 'set-aside', 'cancelled')
      and coalesce(claimed_at, due_at) < clock_timestamp() - make_interval(days => ${days})`
}
