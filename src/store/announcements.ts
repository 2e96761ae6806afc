// Announcements and their recipients. Whoever may be written to is chosen by one sentence, when it is counted and when it is sent.
import {
  type AnnouncementFigures,
  type AnnouncementMedia,
  type AnnouncementTexts,
  type Audience,
} from '../core/announcement.ts'
import { OFFICIAL_LANGUAGES } from '../core/localised.ts'
import { factsOf, laneOf } from '../core/notice.ts'
import { iso, isoOrNull, type Tx } from './db.ts'
import { wants } from './deliveries.ts'
import type { AnnouncementState } from './schema-announcements.ts'

export type { AnnouncementState }

export interface Announcement {
  id: number
  cycle: number
  state: AnnouncementState
  version: number
  texts: AnnouncementTexts
  media: AnnouncementMedia | null
  audience: Audience
  /** It is posted in the channels of its places too. */
  channel: boolean
  /** UTC ISO, as the others; null: as soon as it is approved. */
  at: string | null
  madeBy: number | null
  /** Whoever wrote or moved it last, and when. */
  changedBy: number | null
  changedAt: string
  recipients: number | null
  figures: AnnouncementFigures | null
  startedAt: string | null
  endedAt: string | null
  progressMessage: number | null
  progressText: string | null
}

const columns = (tx: Tx) => tx.sql`
  id, cycle, state, version, texts, media, audience, channel, at, made_by as "madeBy", changed_by as "changedBy", changed_at as "changedAt", recipients, figures, started_at as "startedAt",
  ended_at as "endedAt", progress_message as "progressMessage", progress_text as "progressText"`

const read = (row: Announcement): Announcement => ({
  ...row,
  at: isoOrNull(row.at),
  changedAt: iso(row.changedAt),
  startedAt: isoOrNull(row.startedAt),
  endedAt: isoOrNull(row.endedAt),
})

export async function insertAnnouncement(
  tx: Tx,
  { cycle, audience, madeBy }: { cycle: number; audience: Audience; madeBy: number | null },
): Promise<number> {
  const [row] = await tx.sql<{ id: number }[]>`
    insert into announcement (cycle, audience, made_by, changed_by)
    values (${cycle}, ${JSON.stringify(audience)}::text::jsonb, ${madeBy}, ${madeBy}) returning id`
  if (!row) throw new Error('the announcement was not stored')
  return row.id
}

export async function announcementById(tx: Tx, id: number): Promise<Announcement | undefined> {
  const [row] = await tx.sql<Announcement[]>`select ${columns(tx)} from announcement where id = ${id}`
  return row && read(row)
}

/** Held until the transaction ends. */
export async function announcementForUpdate(tx: Tx, id: number): Promise<Announcement | undefined> {
  const [row] = await tx.sql<
    Announcement[]
  >`select ${columns(tx)} from announcement where id = ${id} for update`
  return row && read(row)
}

/** Of a cycle, or of all; the newest first. */
export async function announcementsOf(tx: Tx, cycle?: number): Promise<Announcement[]> {
  const rows = await tx.sql<Announcement[]>`
    select ${columns(tx)} from announcement where ${cycle ?? null}::int is null or cycle = ${cycle ?? null}::int order by id desc`
  return rows.map(read)
}

/** Replaces what is written; the version goes up, and what waited for approval waits no more. */
export async function writeContent(
  tx: Tx,
  id: number,
  {
    texts,
    media,
    audience,
    channel,
    at,
  }: Pick<Announcement, 'texts' | 'media' | 'audience' | 'channel' | 'at'>,
  by: number | null,
): Promise<void> {
  await tx.sql`
    update announcement set state = 'draft', version = version + 1, changed_by = ${by}, changed_at = clock_timestamp(), texts = ${JSON.stringify(texts)}::text::jsonb,
      media = ${media && JSON.stringify(media)}::text::jsonb, audience = ${JSON.stringify(audience)}::text::jsonb,
      channel = ${channel}, at = ${at}::timestamptz
    where id = ${id}`
}

/** From one of these states to another; false where it is in none of them. */
export async function moveAnnouncement(
  tx: Tx,
  id: number,
  from: readonly AnnouncementState[],
  to: AnnouncementState,
  by: number | null = null,
): Promise<boolean> {
  const { count } = await tx.sql`
    update announcement set state = ${to}, changed_by = ${by}, changed_at = clock_timestamp(),
      started_at = case when ${to} = 'sending' then coalesce(started_at, clock_timestamp()) else started_at end,
      ended_at = case when ${to} in ('done', 'cancelled', 'stopped') then clock_timestamp() else ended_at end
    where id = ${id} and state = any(${from as string[]}::text[])`
  return count > 0
}

export async function setStart(tx: Tx, id: number, at: string): Promise<void> {
  await tx.sql`update announcement set at = ${at}::timestamptz where id = ${id}`
}

/** Approved ones whose time has come, by number. */
export async function dueAnnouncements(tx: Tx): Promise<number[]> {
  const rows = await tx.sql<{ id: number }[]>`
    select id from announcement where state = 'approved' and (at is null or at <= clock_timestamp()) order by id`
  return rows.map(({ id }) => id)
}

/** Those whose author sees how far they are, or is to be told the end. */
export async function shownAnnouncements(tx: Tx): Promise<Announcement[]> {
  const rows = await tx.sql<Announcement[]>`
    select ${columns(tx)} from announcement where state in ('sending', 'paused')
      or (ended_at > clock_timestamp() - interval '1 hour' and started_at is not null) order by id`
  return rows.map(read)
}

export async function setProgress(tx: Tx, id: number, message: number, text: string): Promise<void> {
  await tx.sql`update announcement set progress_message = ${message}, progress_text = ${text} where id = ${id}`
}

/** Keeps what was to be approved, once. */
export async function keepVersion(tx: Tx, id: number, version: number, content: object): Promise<void> {
  await tx.sql`
    insert into announcement_version (announcement, version, content)
    values (${id}, ${version}, ${JSON.stringify(content)}::text::jsonb) on conflict do nothing`
}

/** What was to be approved before this version. */
export async function versionBefore(tx: Tx, id: number, version: number): Promise<unknown> {
  const [row] = await tx.sql<{ content: unknown }[]>`
    select content from announcement_version where announcement = ${id} and version < ${version} order by version desc limit 1`
  return row?.content
}

const voted = (tx: Tx, cycle: number) => tx.sql`exists (
  select 1 from claim c join ballot b on b.cycle = c.cycle and b.roll_row = c.roll_row where c.cycle = ${cycle} and c.account = a.id)`

/** An account `o` opened a ballot of a right that no ballot was cast for. */
export const openedUnsent = (tx: Tx) => tx.sql`
  not exists (select 1 from ballot b where b.cycle = o.cycle and b.roll_row = o.roll_row)
  and exists (select 1 from claim c where c.cycle = o.cycle and c.roll_row = o.roll_row and c.account = o.account)`

function whoIsMeant(tx: Tx, cycle: number, { who }: Audience) {
  const claimed = tx.sql`exists (select 1 from claim c where c.cycle = ${cycle} and c.account = a.id)`
  switch (who) {
    case 'all':
      return tx.sql`true`
    case 'verified':
      return claimed
    case 'unverified':
      return tx.sql`not ${claimed}`
    case 'voted':
      return voted(tx, cycle)
    case 'not-voted':
      return tx.sql`not ${voted(tx, cycle)}`
    case 'opened':
      return tx.sql`exists (select 1 from opened_ballot o where o.cycle = ${cycle} and o.account = a.id and ${openedUnsent(tx)})`
    case 'authors':
      return tx.sql`exists (select 1 from idea i where i.cycle = ${cycle} and i.author = a.id and i.state <> 'draft')`
    case 'followers':
      return tx.sql`exists (select 1 from follow f where f.cycle = ${cycle} and f.account = a.id)`
  }
}

/** The accounts `a` of an audience that can be written to. Whoever chose no language reads the first. */
function meant(tx: Tx, cycle: number, audience: Audience) {
  const { territory = null, locale = null } = audience
  return tx.sql`
    a.home_cycle = ${cycle} and a.home_territory is not null and a.reachable and ${wants(tx, 'announcement')}
    and (${locale}::text is null or coalesce(a.locale, ${OFFICIAL_LANGUAGES[0]}) = ${locale}::text)
    and (${territory}::int is null or a.home_territory in (
      with recursive down as (select ${territory}::int as id union select t.id from territory t join down on t.parent = down.id)
      select id from down))
    and ${whoIsMeant(tx, cycle, audience)}`
}

export async function audienceSize(tx: Tx, cycle: number, audience: Audience): Promise<number> {
  const [row] = await tx.sql<{ people: number }[]>`
    select count(*)::int as people from account a where ${meant(tx, cycle, audience)}`
  return row?.people ?? 0
}

/** How many others live in the same place and read the same language: what `all` counts and this audience does not. */
export async function othersSize(tx: Tx, cycle: number, audience: Audience): Promise<number> {
  return (
    (await audienceSize(tx, cycle, { ...audience, who: 'all' })) - (await audienceSize(tx, cycle, audience))
  )
}

/** Queues a message to each of its audience, in one statement; returns how many. Whoever is erased in this moment is written nothing. */
export async function queueAnnouncement(tx: Tx, { id, cycle, audience }: Announcement): Promise<number> {
  const notice = { kind: 'announcement', announcement: id } as const
  const { count } = await tx.sql`
    insert into delivery (account, kind, lane, facts, dedupe, announcement)
    select a.id, ${notice.kind}::text, ${laneOf(notice.kind)}::int, ${JSON.stringify(factsOf(notice))}::text::jsonb,
      ${`announcement:${id}:`}::text || a.id, ${id}::int
    from account a where ${meant(tx, cycle, audience)}
    for key share on conflict (dedupe) do nothing`
  await tx.sql`update announcement set recipients = ${count} where id = ${id}`
  return count
}

/** What came of it so far; the rows of one that ended long ago are gone. */
export async function figuresOf(tx: Tx, id: number): Promise<AnnouncementFigures> {
  const [row] = await tx.sql<AnnouncementFigures[]>`
    select count(*) filter (where state in ('pending', 'paused', 'sending'))::int as waiting,
      count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state = 'blocked')::int as blocked,
      count(*) filter (where state in ('failed', 'set-aside'))::int as failed,
      count(*) filter (where state = 'unknown')::int as unknown,
      count(*) filter (where state = 'cancelled')::int as cancelled, count(pressed_at)::int as pressed
    from delivery where announcement = ${id}`
  if (!row) throw new Error('a count has a row')
  return row
}

/** Ends those of which nothing waits any more, with their figures. Returns them. */
export async function endAnnouncements(tx: Tx): Promise<Announcement[]> {
  const rows = await tx.sql<{ id: number }[]>`
    select id from announcement n where state = 'sending'
      and not exists (select 1 from delivery d where d.announcement = n.id and d.state in ('pending', 'paused', 'sending'))
    order by id for update`
  const ended: Announcement[] = []
  for (const { id } of rows) {
    await moveAnnouncement(tx, id, ['sending'], 'done')
    await keepFigures(tx, id)
    const one = await announcementById(tx, id)
    if (one) ended.push(one)
  }
  return ended
}

export async function keepFigures(tx: Tx, id: number): Promise<void> {
  await tx.sql`update announcement set figures = ${JSON.stringify(await figuresOf(tx, id))}::text::jsonb where id = ${id}`
}

/** Notes once that a reader pressed the button under it. */
export async function notePressed(tx: Tx, id: number, account: number): Promise<void> {
  await tx.sql`
    update delivery set pressed_at = clock_timestamp()
    where announcement = ${id} and account = ${account} and pressed_at is null`
}
