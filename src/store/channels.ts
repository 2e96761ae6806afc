// Telegram channels of a vote: who may bind the next one, which are bound where, and what is to be posted there.
import { sql } from 'drizzle-orm'
import type { Checkpointed } from '../core/channel.ts'
import type { Localised } from '../core/localised.ts'
import { iso, type Tx } from './db.ts'
import type { Scope } from './rooms.ts'
import { channelInvite, newsChannel } from './schema-channels.ts'

export interface Channel extends Scope {
  id: number
  chat: number
  title: string
  boundBy: number | null
  /** UTC ISO. */
  at: string
}

/** For 24 hours, in place of what this account was to bind before. */
export async function keepChannelInvite(
  tx: Tx,
  { cycle, territory, madeBy }: Scope & { madeBy: number },
): Promise<void> {
  const until = sql`clock_timestamp() + interval '24 hours'`
  await tx.orm
    .insert(channelInvite)
    .values({ madeBy, cycle, territory, until })
    .onConflictDoUpdate({ target: channelInvite.madeBy, set: { cycle, territory, until } })
}

/** Takes what this account is to bind, held until the transaction ends: the second who asks finds none. */
export async function takeChannelInvite(tx: Tx, madeBy: number): Promise<Scope | undefined> {
  const [row] = await tx.sql<Scope[]>`
    delete from channel_invite where made_by = ${madeBy} and until > clock_timestamp() returning cycle, territory`
  return row
}

/** What this account is to bind, left where it is. */
export async function channelInviteOf(tx: Tx, madeBy: number): Promise<Scope | undefined> {
  const [row] = await tx.sql<Scope[]>`
    select cycle, territory from channel_invite where made_by = ${madeBy} and until > clock_timestamp()`
  return row
}

/** Those whose time ran out go, and posts that are long settled. */
export async function forgetChannelRest(tx: Tx, days: number): Promise<void> {
  await tx.sql`delete from channel_invite where until < clock_timestamp()`
  await tx.sql`delete from channel_post where at < clock_timestamp() - make_interval(days => ${days})`
}

const channelsWhere = async (tx: Tx, condition: ReturnType<Tx['sql']>): Promise<Channel[]> => {
  const rows = await tx.sql<Channel[]>`
    select id, chat, title, cycle, territory, bound_by as "boundBy", at from news_channel where ${condition} order by id`
  return rows.map((row) => ({ ...row, at: iso(row.at) }))
}

/** The channel of a scope. Whoever binds one for this cycle waits until the transaction ends. */
export async function channelForUpdate(tx: Tx, { cycle, territory }: Scope): Promise<Channel | undefined> {
  await tx.sql`select pg_advisory_xact_lock(14, ${cycle})`
  const [row] = await channelsWhere(
    tx,
    tx.sql`cycle = ${cycle} and territory is not distinct from ${territory}::int`,
  )
  return row
}

export async function channelById(tx: Tx, id: number): Promise<Channel | undefined> {
  const [row] = await channelsWhere(tx, tx.sql`id = ${id}`)
  return row
}

export const channelsOfChat = (tx: Tx, chat: number): Promise<Channel[]> =>
  channelsWhere(tx, tx.sql`chat = ${chat}`)

/** Of a vote, or of all. */
export const channelsOf = (tx: Tx, cycle?: number): Promise<Channel[]> =>
  channelsWhere(tx, tx.sql`${cycle ?? null}::int is null or cycle = ${cycle ?? null}::int`)

export async function insertChannel(tx: Tx, channel: Omit<Channel, 'id' | 'at'>): Promise<number> {
  const [row] = await tx.orm.insert(newsChannel).values(channel).returning({ id: newsChannel.id })
  if (!row) throw new Error('the channel was not stored')
  return row.id
}

/** With what waited to be posted there for this vote; false where it is gone already. */
export async function deleteChannel(tx: Tx, { id, chat, cycle }: Channel): Promise<boolean> {
  const { count } = await tx.sql`delete from news_channel where id = ${id}`
  await tx.sql`
    delete from channel_post p where chat = ${chat} and cycle = ${cycle} and state = 'pending'
      and not exists (select 1 from news_channel c where c.chat = p.chat and c.cycle = p.cycle)`
  return count > 0
}

/** Channels of a place and of all that lies in it; without one of the whole vote. The first that was bound first. */
export async function channelsIn(tx: Tx, cycle: number, territory: number | undefined): Promise<Channel[]> {
  return channelsWhere(
    tx,
    tx.sql`cycle = ${cycle} and (${territory ?? null}::int is null or ${territory ?? null}::int in (
      with recursive up as (
        select news_channel.territory as place
        union all select t.parent from up join territory t on t.id = up.place where t.parent is not null)
      select place from up))`,
  )
}

/** An announcement in these languages, in this order, once in each of these channels. */
export async function queueAnnounced(
  tx: Tx,
  { id, cycle }: { id: number; cycle: number },
  chats: readonly number[],
  locales: readonly string[],
): Promise<void> {
  await tx.sql`
    insert into channel_post (chat, cycle, announcement, locale)
    select chat, ${cycle}::int, ${id}::int, l.locale from (select distinct unnest(${chats as number[]}::bigint[]) as chat) c
    cross join unnest(${locales as string[]}::text[]) with ordinality as l (locale, n) order by chat, n
    on conflict do nothing`
}

/** A channel and a vote whose head was not posted there on this day, and what was posted last. */
export interface DueCheckpoint {
  chat: number
  cycle: number
  slug: string
  last: Checkpointed | null
}

/** `day`: `2026-03-05`. Votes that are over are told of no more. */
export const dueCheckpoints = (tx: Tx, day: string): Promise<DueCheckpoint[]> =>
  tx.sql<DueCheckpoint[]>`
    select distinct c.chat, c.cycle, y.slug, (
        select p.checkpoint from channel_post p where p.chat = c.chat and p.cycle = c.cycle and p.day is not null
        order by p.day desc limit 1) as last
    from news_channel c join cycle y on y.id = c.cycle
    where y.phase <> 'closed' and not exists (
      select 1 from channel_post p where p.chat = c.chat and p.cycle = c.cycle and p.day = ${day}::date)
    order by c.cycle, c.chat`

/** False where this day has one already. */
export async function queueCheckpoint(
  tx: Tx,
  { chat, cycle, day }: { chat: number; cycle: number; day: string },
  checkpoint: Checkpointed,
): Promise<boolean> {
  const { count } = await tx.sql`
    insert into channel_post (chat, cycle, day, checkpoint)
    values (${chat}, ${cycle}, ${day}::date, ${JSON.stringify(checkpoint)}::text::jsonb) on conflict do nothing`
  return count > 0
}

/** What is to be posted, and in which vote. */
export interface ChannelPost {
  id: number
  chat: number
  cycle: number
  slug: string
  title: Localised
  trial: boolean
  territory: number | null
  announcement: number | null
  locale: string | null
  checkpoint: Checkpointed | null
}

/** Takes the next one that is due; another replica passes over it. What belongs to an announcement waits while that is paused. */
export async function claimPost(tx: Tx): Promise<ChannelPost | undefined> {
  const [row] = await tx.sql<ChannelPost[]>`
    update channel_post p set state = 'sending', at = clock_timestamp() from cycle y
    where y.id = p.cycle and p.id = (
      select d.id from channel_post d left join announcement n on n.id = d.announcement
      where d.state = 'pending' and d.at <= clock_timestamp()
        and (n.id is null or n.state in ('sending', 'done'))
        and exists (select 1 from news_channel c where c.chat = d.chat and c.cycle = d.cycle)
      order by d.id limit 1 for update of d skip locked)
    returning p.id, p.chat, p.cycle, y.slug, y.title, y.trial, p.announcement, p.locale, p.checkpoint, (
      select c.territory from news_channel c where c.chat = p.chat and c.cycle = p.cycle
      order by c.territory nulls first limit 1) as territory`
  return row
}

export async function settlePost(
  tx: Tx,
  id: number,
  state: 'sent' | 'failed' | 'unknown',
  message: number | null = null,
): Promise<void> {
  await tx.sql`
    update channel_post set state = ${state}, message = ${message} where id = ${id} and state = 'sending'`
}

/** Telegram did not take it: not before so many seconds. */
export async function putOffPost(tx: Tx, id: number, seconds: number): Promise<void> {
  await tx.sql`
    update channel_post set state = 'pending', at = clock_timestamp() + make_interval(secs => ${seconds})
    where id = ${id} and state = 'sending'`
}

/** Whoever sent these is dead: whether they stand there is not known. */
export async function settleLostPosts(tx: Tx): Promise<void> {
  await tx.sql`
    update channel_post set state = 'unknown' where state = 'sending' and at < clock_timestamp() - interval '5 minutes'`
}
