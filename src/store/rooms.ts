// Moderators' groups: the links that bind them, which group hears of which idea, and where a group moved to.
import { sql } from 'drizzle-orm'
import type { Localised } from '../core/localised.ts'
import type { Tx } from './db.ts'
import { ideaCard, moderationRoom, roomInvite } from './schema-rooms.ts'

/** What a group hears of: a whole cycle, or one territory of it and all that lies in it. */
export interface Scope {
  cycle: number
  territory: number | null
}

export interface Room extends Scope {
  id: number
  chat: number
  locale: string
  boundBy: number | null
}

/** Keeps a link for 24 hours. `hash`: SHA-256 of its token. */
export async function insertInvite(
  tx: Tx,
  { hash, cycle, territory, madeBy }: Scope & { hash: Uint8Array; madeBy: number },
): Promise<void> {
  const until = sql`clock_timestamp() + interval '24 hours'`
  await tx.orm.insert(roomInvite).values({ hash, cycle, territory, madeBy, until })
}

/** A link whose time has not run out, held until the transaction ends. `chat`: the group that it bound. */
export async function inviteForUpdate(
  tx: Tx,
  hash: Uint8Array,
): Promise<(Scope & { madeBy: number; chat: number | null }) | undefined> {
  const [row] = await tx.sql<(Scope & { madeBy: number; chat: number | null })[]>`
    select cycle, territory, made_by as "madeBy", chat from room_invite
    where hash = ${hash} and until > clock_timestamp() for update`
  return row
}

/** The link has bound this group: it binds no other. */
export async function useInvite(tx: Tx, hash: Uint8Array, chat: number): Promise<void> {
  await tx.sql`update room_invite set chat = ${chat} where hash = ${hash}`
}

/** Links whose time ran out go. */
export async function forgetInvites(tx: Tx): Promise<void> {
  await tx.sql`delete from room_invite where until < clock_timestamp()`
}

/** The group of a scope. Whoever binds one for this cycle waits until the transaction ends. */
export async function roomForUpdate(tx: Tx, { cycle, territory }: Scope): Promise<Room | undefined> {
  await tx.sql`select pg_advisory_xact_lock(12, ${cycle})`
  const [row] = await roomsWhere(
    tx,
    tx.sql`cycle = ${cycle} and territory is not distinct from ${territory}::int`,
  )
  return row
}

export const roomsOfChat = (tx: Tx, chat: number): Promise<Room[]> => roomsWhere(tx, tx.sql`chat = ${chat}`)

const roomsWhere = (tx: Tx, condition: ReturnType<Tx['sql']>): Promise<Room[]> =>
  tx.sql<Room[]>`
    select id, chat, cycle, territory, locale, bound_by as "boundBy"
    from moderation_room where ${condition} order by id for update`

export async function insertRoom(tx: Tx, room: Omit<Room, 'id'>): Promise<void> {
  await tx.orm.insert(moderationRoom).values(room)
}

/** The group itself is left as it is: only what we know of it goes, with its cards. */
export async function deleteRoom(tx: Tx, id: number): Promise<void> {
  await tx.sql`delete from moderation_room where id = ${id}`
}

/** The same group is bound once more, by somebody else or in another language: its cards are written anew. */
export async function rebindRoom(
  tx: Tx,
  id: number,
  { locale, boundBy }: Pick<Room, 'locale' | 'boundBy'>,
): Promise<void> {
  await tx.sql`
    update moderation_room set locale = ${locale}, bound_by = ${boundBy}, at = clock_timestamp() where id = ${id}`
  await tx.orm.update(ideaCard).set({ shown: null, claimedUntil: null }).where(sql`${ideaCard.room} = ${id}`)
}

/** The group has another id now, and none of its messages: cards are sent anew. Safe to repeat. */
export async function moveRooms(tx: Tx, from: number, to: number): Promise<void> {
  const rooms = await tx.sql<{ id: number }[]>`
    update moderation_room set chat = ${to} where chat = ${from} returning id`
  for (const { id } of rooms) {
    await tx.sql`delete from idea_topic where room = ${id}`
    await tx.sql`
      update idea_card set message = null, media = '[]', media_sent = 0, shown = null, claimed_until = null, due_at = clock_timestamp()
      where room = ${id}`
  }
}

/**
 * For a sentence: `home(cycle, territory, room)`, the group that hears of the ideas of a village: the one that is bound nearest to it,
 * a whole cycle's last.
 */
export const homes = (tx: Tx) => tx.sql`
  up as (
    select c.cycle, c.territory, c.territory as place, 0 as far from cycle_territory c
      where exists (select 1 from moderation_room r where r.cycle = c.cycle)
    union all
    select up.cycle, up.territory, t.parent, up.far + 1 from up join territory t on t.id = up.place where t.parent is not null),
  home as (
    select distinct on (up.cycle, up.territory) up.cycle, up.territory, r.id as room from up
      join moderation_room r on r.cycle = up.cycle and (r.territory = up.place or r.territory is null)
    order by up.cycle, up.territory, r.territory is null, up.far)`

/** Whether a group hears of the ideas of this village. */
export async function hasRoom(tx: Tx, cycle: number, territory: number): Promise<boolean> {
  const rows = await tx.sql`
    with recursive ${homes(tx)} select 1 from home where cycle = ${cycle} and territory = ${territory}`
  return rows.length > 0
}

/** The villages of a scope, by their numbers. */
export async function villagesOfScope(tx: Tx, { cycle, territory }: Scope): Promise<number[]> {
  const rows = await tx.sql<{ territory: number }[]>`
    with recursive up as (
      select c.territory, c.territory as place from cycle_territory c where c.cycle = ${cycle}
      union all select up.territory, t.parent from up join territory t on t.id = up.place where t.parent is not null)
    select distinct territory from up where ${territory}::int is null or place = ${territory}::int order by territory`
  return rows.map((row) => row.territory)
}

/** What a territory is called. */
export async function nameOf(tx: Tx, territory: number): Promise<Localised | undefined> {
  const [row] = await tx.sql<{ name: Localised }[]>`select name from territory where id = ${territory}`
  return row?.name
}

/** Cycles that take or decide ideas, or soon will, with their titles. */
export const cyclesWithIdeas = (tx: Tx): Promise<{ id: number; slug: string; title: Localised }[]> =>
  tx.sql<{ id: number; slug: string; title: Localised }[]>`
    select c.id, c.slug, c.title from cycle c where c.phase in ('announced', 'consultation', 'ideas', 'review')
      and exists (select 1 from phase_start p where p.cycle = c.id and p.phase = 'ideas') order by c.id`
