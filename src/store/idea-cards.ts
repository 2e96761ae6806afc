// Cards of ideas in moderators' groups: which are due, who draws them, and the topic that each stands in.
import { eq, sql } from 'drizzle-orm'
import type { Localised } from '../core/localised.ts'
import type { Tx } from './db.ts'
import { homes } from './rooms.ts'
import { type CardMedia, ideaCard, ideaTopic } from './schema-rooms.ts'

export type { CardMedia }

/** A card to be drawn, and where. */
export interface DueCard {
  id: number
  room: number
  chat: number
  locale: string
  /** Null once the idea was erased. */
  idea: number | null
  message: number | null
  media: CardMedia[]
  mediaSent: number
  /** Reasons of a refusal are wanted under it. */
  reasons: boolean
  /** What it will show, to be noted once it does. */
  wanted: string
  /** Until when it is the claimer's, as text: what somebody else made of it meanwhile is not written over. */
  claim: string
}

/** A card as its claimer names it. */
export type Claimed = Pick<DueCard, 'id' | 'claim'>

/** Every open idea has its card in the group that hears of it. */
export async function insertMissingCards(tx: Tx): Promise<void> {
  await tx.sql`
    with recursive ${homes(tx)}
    insert into idea_card (idea, room)
    select i.id, h.room from home h join idea i on i.cycle = h.cycle and i.territory = h.territory join cycle c on c.id = i.cycle
    where i.state in ('sent', 'approved') and i.number is not null and c.phase in ('ideas', 'review')
      and not exists (select 1 from idea_card k where k.idea = i.id and k.room = h.room)
    order by i.number on conflict do nothing`
}

/** Takes a card whose face is another than it should be; others skip it for half a minute. */
export async function claimCard(tx: Tx): Promise<DueCard | undefined> {
  const [row] = await tx.sql<DueCard[]>`
    update idea_card k set claimed_until = clock_timestamp() + interval '30 seconds'
    from (
      select k.id, w.wanted, r.chat, r.locale, i.version is not null and k.reasons_at is not distinct from i.version as reasons
      from idea_card k join moderation_room r on r.id = k.room left join idea i on i.id = k.idea
      cross join lateral (select case when i.id is null then 'gone' else concat_ws('/', i.version,
        (select count(*) from idea_media m where m.idea = i.id),
        case when i.claimed_until > clock_timestamp() then i.claimed_by || '-' || i.claimed_until end,
        case when k.reasons_at = i.version then 'reasons' end) end as wanted) w
      where k.due_at <= clock_timestamp() and (k.claimed_until is null or k.claimed_until <= clock_timestamp())
        and k.shown is distinct from w.wanted
      order by k.due_at, k.id limit 1 for update of k skip locked) x
    where k.id = x.id
    returning k.id, k.room, x.chat, x.locale, k.idea, k.message, k.media, k.media_sent as "mediaSent", x.reasons, x.wanted,
      k.claimed_until::text as claim`
  return row
}

const stillClaimed = ({ id, claim }: Claimed) =>
  sql`${ideaCard.id} = ${id} and ${ideaCard.claimedUntil} = ${claim}::timestamptz`

/** What is known of a card's messages, as it becomes known; nothing where it is the claimer's no more, as when its group has moved. */
export async function noteCard(
  tx: Tx,
  card: Claimed,
  change: Partial<Pick<typeof ideaCard.$inferInsert, 'message' | 'media' | 'mediaSent' | 'shown'>>,
): Promise<void> {
  await tx.orm.update(ideaCard).set(change).where(stillClaimed(card))
}

/** The card may be drawn again, so many seconds from now; one that is somebody else's by now is left. */
export async function freeCard(tx: Tx, card: Claimed, seconds = 0): Promise<void> {
  await tx.orm
    .update(ideaCard)
    .set({ claimedUntil: null, dueAt: sql`clock_timestamp() + make_interval(secs => ${seconds})` })
    .where(stillClaimed(card))
}

export async function deleteCard(tx: Tx, id: number): Promise<void> {
  await tx.orm.delete(ideaCard).where(eq(ideaCard.id, id))
}

/** The idea whose card this message is; undefined where it is none, or no longer. */
export async function ideaOfMessage(tx: Tx, chat: number, message: number): Promise<number | undefined> {
  const [row] = await tx.sql<{ idea: number }[]>`
    select k.idea from idea_card k join moderation_room r on r.id = k.room
    where r.chat = ${chat} and k.message = ${message} and k.idea is not null`
  return row?.idea
}

/** All cards of an idea are drawn anew. `reasonsAt`: the version for which reasons stand under them; null: none do. */
export async function touchCards(tx: Tx, idea: number, reasonsAt: number | null): Promise<void> {
  await tx.sql`update idea_card set shown = null, reasons_at = ${reasonsAt}::int where idea = ${idea}`
}

/** Where an idea belongs in a group with topics: its district, or its village where the cycle has one district. */
export async function topicPlace(tx: Tx, idea: number): Promise<{ territory: number; name: Localised }> {
  const [row] = await tx.sql<{ territory: number; name: Localised }[]>`
    with recursive up as (
      select c.territory, c.territory as place from cycle_territory c where c.cycle = (select cycle from idea where id = ${idea})
      union all select up.territory, t.parent from up join territory t on t.id = up.place where t.parent is not null),
    district as (select up.territory, up.place from up join territory t on t.id = up.place where t.level = 1)
    select t.id as territory, t.name from idea i
      left join district d on d.territory = i.territory and (select count(distinct place) from district) > 1
      join territory t on t.id = coalesce(d.place, i.territory) where i.id = ${idea}`
  if (!row) throw new Error('an idea without its place')
  return row
}

/** The topic's thread; `make`: it is this caller's to make, by the row's id, for half a minute; undefined: somebody makes it just now. */
export async function takeTopic(
  tx: Tx,
  room: number,
  territory: number,
): Promise<{ id: number; thread: number } | { id: number; make: true } | undefined> {
  const [made] = await tx.sql<{ id: number }[]>`
    insert into idea_topic as o (room, territory, claimed_until) values (${room}, ${territory}, clock_timestamp() + interval '30 seconds')
    on conflict (room, territory) do update set claimed_until = excluded.claimed_until
      where o.thread is null and (o.claimed_until is null or o.claimed_until <= clock_timestamp())
    returning id`
  if (made) return { id: made.id, make: true }
  const [row] = await tx.sql<{ id: number; thread: number | null }[]>`
    select id, thread from idea_topic where room = ${room} and territory = ${territory}`
  return row && row.thread !== null ? { id: row.id, thread: row.thread } : undefined
}

/** The topic is there. */
export async function noteTopic(tx: Tx, id: number, thread: number): Promise<void> {
  await tx.orm.update(ideaTopic).set({ thread, claimedUntil: null }).where(eq(ideaTopic.id, id))
}

/**
 * The topic was not made, or is gone: whoever needs it next makes it. `thread`: only if it still is this one; then the group's cards are
 * looked at again, for those that stood in it are gone too.
 */
export async function dropTopic(tx: Tx, id: number, thread: number | null): Promise<void> {
  const [gone] = await tx.sql<{ room: number }[]>`
    update idea_topic set thread = null, claimed_until = null where id = ${id} and thread is not distinct from ${thread}::int
    returning room`
  if (gone && thread !== null) await tx.sql`update idea_card set shown = null where room = ${gone.room}`
}
