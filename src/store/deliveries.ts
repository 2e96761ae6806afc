// Messages that ride on no request: written in the transaction of the act they tell of, claimed and marked by the delivery loop.
import {
  type CycleNotice,
  factsOf,
  type Lane,
  LANES,
  laneOf,
  type Notice,
  type NoticeKind,
} from '../core/notice.ts'
import { switchOf } from '../core/manners.ts'
import type { Watched } from '../core/watch.ts'
import type { Tx } from './db.ts'

/** A message as it is kept: `facts` are as they were written, by whichever release. */
export interface Delivery {
  id: number
  account: number
  kind: string
  facts: unknown
  locale: string | null
  /** `cancelled`: it had no sense any more when it was claimed. */
  state: 'sending' | 'cancelled'
}

/** Where an account switched this kind of notices off. */
export const wants = (tx: Tx, kind: NoticeKind) => {
  const off = switchOf(kind)
  return tx.sql`(${off}::text is null or not jsonb_exists(a.muted, ${off}::text))`
}

/** Queues one message, unless its reader switched it off; the same `dedupe` twice is one message. `dueAt`: UTC ISO, not before then. */
export async function enqueue(
  tx: Tx,
  notice: Notice,
  to: { account: number; dedupe: string; announcement?: number; dueAt?: string },
): Promise<void> {
  const { kind } = notice
  const { account, dedupe, announcement = null, dueAt = null } = to
  await tx.sql`
    insert into delivery (account, kind, lane, facts, dedupe, announcement, due_at)
    select x.id, ${kind}::text, ${laneOf(kind)}::int, ${JSON.stringify(factsOf(notice))}::text::jsonb, ${dedupe}::text,
      ${announcement}::int, coalesce(${dueAt}::timestamptz, now())
    from (select ${account}::bigint as id) x left join account a on a.id = x.id where a.id is null or ${wants(tx, kind)}
    on conflict (dedupe) do nothing`
}

/**
 * Queues the receipts of several ballots in one statement, one a ballot however often. Whose opened ballot is nobody's any more is written
 * nothing; an erasure waits until the transaction ends.
 */
export async function enqueueReceipts(
  tx: Tx,
  receipts: readonly (Omit<Extract<Notice, { kind: 'receipt' }>, 'kind'> & { account: number })[],
): Promise<void> {
  const kind = 'receipt'
  const given = receipts.map(({ account, ...facts }) => ({
    ballot: facts.ballot,
    account,
    facts: factsOf({ kind, ...facts }),
  }))
  await tx.sql`
    with held as (
      select o.id, o.account, x.facts
      from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb) x(ballot uuid, account bigint, facts jsonb)
      join opened_ballot o on o.id = x.ballot and o.account = x.account for share of o)
    insert into delivery (account, kind, lane, facts, dedupe)
    select h.account, ${kind}::text, ${laneOf(kind)}::int, h.facts, ${kind}::text || ':' || h.id
    from held h left join account a on a.id = h.account where a.id is null or ${wants(tx, kind)}
    on conflict (dedupe) do nothing`
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
      and ${wants(tx, kind)}
    for key share on conflict (dedupe) do nothing`
}

/** The same to everyone reachable of one village. `dueAt`: UTC ISO. */
export async function enqueueForPlace(
  tx: Tx,
  notice: Extract<Notice, { cycle: number; territory: number }>,
  { key, dueAt }: { key: string; dueAt: string },
): Promise<void> {
  const { kind, cycle, territory } = notice
  await tx.sql`
    insert into delivery (account, kind, lane, facts, dedupe, due_at)
    select a.id, ${kind}::text, ${laneOf(kind)}::int, ${JSON.stringify(factsOf(notice))}::text::jsonb, ${key}::text || ':' || a.id,
      ${dueAt}::timestamptz
    from account a where a.home_cycle = ${cycle} and a.home_territory = ${territory} and a.reachable
      and ${wants(tx, kind)}
    for key share on conflict (dedupe) do nothing`
}

/** A meeting is off: reminders of it that wait go, and whoever got one is told. Set again, it is reminded of anew. */
export async function enqueueForReminded(
  tx: Tx,
  notice: Extract<Notice, { kind: 'meeting-cancelled' }>,
  { key, dueAt }: { key: string; dueAt: string },
): Promise<void> {
  const { kind, cycle, territory } = notice
  const reminders = tx.sql`d.kind = 'need-meeting' and (d.facts ->> 'cycle')::int = ${cycle} and (d.facts ->> 'territory')::int = ${territory}`
  await tx.sql`delete from delivery d where ${reminders} and d.state = 'pending'`
  await tx.sql`
    insert into delivery (account, kind, lane, facts, dedupe, due_at)
    select a.id, ${kind}::text, ${laneOf(kind)}::int, ${JSON.stringify(factsOf(notice))}::text::jsonb, ${key}::text || ':' || a.id,
      ${dueAt}::timestamptz
    from account a where a.reachable and ${wants(tx, kind)} and exists (select 1 from delivery d
      where d.account = a.id and ${reminders} and d.state in ('sending', 'sent', 'unknown')
        and (d.facts ->> 'meets')::timestamptz > clock_timestamp())
    for key share on conflict (dedupe) do nothing`
  await tx.sql`delete from delivery d where ${reminders} and d.state <> 'sending'`
}

/** The same to everyone who answered a village's consultation. */
export async function enqueueForAnswers(
  tx: Tx,
  notice: Extract<Notice, { kind: 'needs-published' }>,
  { dueAt }: { dueAt: string },
): Promise<void> {
  const { kind, cycle, territory } = notice
  await tx.sql`
    insert into delivery (account, kind, lane, facts, dedupe, due_at)
    select a.id, ${kind}::text, ${laneOf(kind)}::int, ${JSON.stringify(factsOf(notice))}::text::jsonb,
      ${kind}::text || ':' || n.cycle || ':' || a.id, ${dueAt}::timestamptz
    from need_answer n join account a on a.id = n.account
    where n.cycle = ${cycle} and n.territory = ${territory} and a.reachable and ${wants(tx, kind)}
      and (cardinality(n.marks) > 0 or n.line is not null or n.voice is not null)
    for key share of a on conflict (dedupe) do nothing`
}

/** To so many `enqueueForCycle` would write just now. */
export async function readersOfCycle(tx: Tx, cycle: number, kind: NoticeKind): Promise<number> {
  const [row] = await tx.sql<{ people: number }[]>`
    select count(*)::int as people from account a where a.home_cycle = ${cycle} and a.home_territory is not null
      and a.reachable and ${wants(tx, kind)}`
  return row?.people ?? 0
}

/**
 * Queues a message to everyone who asked to be told of this in a place of the cycle, or in what lies in it; by `key` once each, as
 * `enqueueForCycle` does: of both with one key each account gets one. `dueAt`: UTC ISO.
 */
export async function enqueueForWatchers(
  tx: Tx,
  { cycle, watched }: { cycle: number; watched: Watched },
  notice: CycleNotice,
  { key, dueAt }: { key: string; dueAt: string },
): Promise<void> {
  const { kind } = notice
  const facts = factsOf({ ...notice, cycle, territory: 0 })
  await tx.sql`
    with recursive up as (
      select w.account, w.territory as place from watch w where w.kind = ${watched}
      union select up.account, t.parent from up join territory t on t.id = up.place where t.parent is not null),
    told as (
      select distinct on (up.account) up.account, up.place from up
      join cycle_territory c on c.cycle = ${cycle} and c.territory = up.place order by up.account, up.place)
    insert into delivery (account, kind, lane, facts, dedupe, due_at)
    select a.id, ${kind}::text, ${laneOf(kind)}::int, ${JSON.stringify(facts)}::text::jsonb || jsonb_build_object('territory', told.place),
      ${key}::text || ':' || a.id, ${dueAt}::timestamptz
    from told join account a on a.id = told.account where a.reachable and ${wants(tx, kind)}
    for key share of a on conflict (dedupe) do nothing`
}

/** Every lane, the first first. */
const IN_ORDER: readonly Lane[] = Object.values(LANES)

/** Of reminders nobody gets more than this in a cycle. */
const MOST_REMINDERS = 3

/** A reminder `d` that has no sense any more: its reader has voted, the vote has closed or stands still, or they were reminded often enough. */
const moot = (tx: Tx) => tx.sql`(d.kind = 'reminder' and (
  exists (select 1 from claim c join ballot b on b.cycle = c.cycle and b.roll_row = c.roll_row
    where c.account = d.account and c.cycle = (d.facts ->> 'cycle')::int)
  or not exists (select 1 from cycle y left join phase_start p on p.cycle = y.id and p.phase = 'counting'
    where y.id = (d.facts ->> 'cycle')::int and y.phase = 'voting' and coalesce(p.starts_at > clock_timestamp(), true)
      and not exists (select 1 from halt h where h.cycle = y.id and h.until is null))
  or (select count(*) from delivery r where r.account = d.account and r.kind = 'reminder'
    and r.facts ->> 'cycle' = d.facts ->> 'cycle' and (r.state in ('sending', 'sent', 'unknown') or (r.state = 'pending' and r.id < d.id))) >= ${MOST_REMINDERS}))`

/** So many are claimed, and marked, in one statement at most: of more the database would rather read the whole table. */
export const MOST_AT_ONCE = 250

/**
 * Claims up to `limit` due messages of `kinds`, receipts before notices before announcements, each lane in the order of its times;
 * others skip them. The locale comes along, for the text is made on sending. What has no sense any more ends here, in the
 * statement that claims: whoever has voted by now is not reminded. What became of others is marked by the same statement: `came`.
 */
export async function claimDeliveries(
  tx: Tx,
  kinds: readonly string[],
  limit: number,
  came: readonly Came[] = [],
): Promise<Delivery[]> {
  const most = Math.min(limit, MOST_AT_ONCE)
  const rows = await tx.sql<(Delivery & { lane: number })[]>`
    with marked as (${marking(tx, came)})
    update delivery d set state = case when ${moot(tx)} then 'cancelled' else 'sending' end, claimed_at = clock_timestamp()
    from (select q.id, a.locale from unnest(${IN_ORDER as number[]}::int[]) l(lane)
        cross join lateral due_deliveries(l.lane, ${kinds as string[]}::text[], ${most}) q
      left join account a on a.id = q.account limit ${most}) x
    where d.id = x.id returning d.id, d.account, d.kind, d.facts, d.state, d.lane, x.locale`
  return rows.toSorted((a, b) => a.lane - b.lane || a.id - b.id)
}

/** A message waits again, unless its announcement was paused or cancelled meanwhile. */
export async function putOff(tx: Tx, id: number, afterSeconds: number): Promise<void> {
  await tx.sql`
    update delivery set state = back_to, due_at = clock_timestamp() + make_interval(secs => ${afterSeconds})
    where id = ${id} and state = 'sending'`
}

/** What became of a message that was on its way; `later` is not among it. */
export type Settled = 'sent' | 'blocked' | 'failed' | 'set-aside'

export interface Came {
  id: number
  outcome: Settled
  messageId?: number | undefined
}

const marking = (tx: Tx, all: readonly Came[]) => tx.sql`
  update delivery d set state = x.state, message_id = x.message
  from unnest(${all.map(({ id }) => id)}::bigint[], ${all.map(({ outcome }) => outcome)}::text[],
    ${all.map(({ messageId }) => messageId ?? null)}::bigint[]) x(id, state, message)
  where d.id = x.id and d.state = 'sending'`

/** Marks several in one statement. */
export async function markDeliveries(tx: Tx, all: readonly Came[]): Promise<void> {
  await marking(tx, all)
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
