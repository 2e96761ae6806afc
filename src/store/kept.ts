// Everything that is kept about an account, as it may ask to see it.
import type { Switch } from '../core/manners.ts'
import type { Localised } from '../core/localised.ts'
import type { Grant } from '../core/role.ts'
import { iso, type Tx } from './db.ts'
import { grantOf } from './roles.ts'

/** A right that the account holds, in whichever cycle; `castAt` and `receipt` of its last ballot. */
export interface KeptRight {
  cycle: Localised
  method: string
  serial: number | null
  label: string | null
  castAt: string | null
  receipt: string | null
}

export interface KeptGrant extends Grant {
  /** Name of its territory. */
  place: Localised | undefined
}

export interface Kept {
  /** Since when the account is known, and the link that it came by. */
  since: string | undefined
  source: string | undefined
  easy: boolean
  /** Kinds of notices that are switched off. */
  muted: Switch[]
  /** Where the person said that they live. */
  residence: Localised | undefined
  /** Telegram was told commands for this chat alone. */
  ownCommands: boolean
  rights: KeptRight[]
  grants: KeptGrant[]
  /** Messages that wait, and messages that were sent and are not forgotten yet. */
  queued: number
  settled: number
  /** Ballots that were opened. */
  opened: number
  /** Ideas that the account wrote, drafts too, and ideas of others that it supports. */
  ideas: number
  /** Names that it wrote to be read beside ideas of its own. */
  names: string[]
  supported: number
  /** Consultations that the account answered. */
  needs: number
  /** Questions that the account asked about projects, and projects that it follows. */
  questions: number
  follows: number
  /** Ideas of others that it follows. */
  ideaFollows: number
  /** Voice notes among what it answered about needs. */
  needVoices: number
  /** Meetings whose show of hands the account entered. */
  counted: number
  /** Paper boxes that the account typed in, until two people agree. */
  papers: number
  /** Until when a moderator lets no new idea of the account come, UTC ISO; the last one where there are more. */
  ideasMuted: string | undefined
  /** Groups of moderators and channels that it bound, and links for such groups and channels that it asked for. */
  rooms: number
  invites: number
  /** A cycle that the account is drawing up. */
  drafts: number
  /** Reports of pressure of today, by a keyed hash alone. */
  reports: number
  /** Failed look-ups that are not forgotten yet. */
  attempts: number
}

/** Held by this account, in the order in which they were claimed. */
export async function rightsOf(tx: Tx, account: number): Promise<KeptRight[]> {
  const rows = await tx.sql<KeptRight[]>`
    select y.title as cycle, c.method, c.serial, c.label, b.at as "castAt", b.receipt from claim c join cycle y on y.id = c.cycle
    left join lateral (select at, receipt from ballot where cycle = c.cycle and roll_row = c.roll_row order by s desc limit 1) b on true
    where c.account = ${account} order by c.at, c.cycle, c.roll_row`
  return rows.map((row) => ({ ...row, castAt: row.castAt === null ? null : iso(row.castAt) }))
}

/** Roles that were not taken away and have not run out, with the names of their places. */
export async function rolesOf(tx: Tx, account: number): Promise<KeptGrant[]> {
  const rows = await tx.sql<(Parameters<typeof grantOf>[0] & { place: Localised | null })[]>`
    select g.role, g.territory, g.until, t.name as place from role_grant g left join territory t on t.id = g.territory
    where g.account = ${account} and g.revoked_at is null and (g.until is null or g.until > clock_timestamp()) order by g.id`
  return rows.flatMap((row) => grantOf(row).map((grant) => ({ ...grant, place: row.place ?? undefined })))
}

/** All of it. `mark`: the keyed hash under which reports of today stand. */
export async function keptOf(tx: Tx, account: number, mark: Uint8Array): Promise<Kept> {
  const [row] = await tx.sql<
    (Record<'since' | 'source' | 'ideasMuted', string | null> & { residence: Localised | null } & Omit<
        Kept,
        'since' | 'source' | 'residence' | 'ideasMuted'
      >)[]
  >`
    select a.created_at as since, a.source, coalesce(a.easy, false) as easy, coalesce(a.muted, '[]') as muted, a.told_commands is not null as "ownCommands",
      (select name from territory where id = a.resident_of) as residence,
      (select count(*)::int from delivery where account = x.id and state in ('pending', 'sending', 'paused')) as queued,
      (select count(*)::int from delivery where account = x.id and state not in ('pending', 'sending', 'paused')) as settled,
      (select count(*)::int from opened_ballot where account = x.id) as opened,
      (select count(*)::int from idea where author = x.id) as ideas,
      (select coalesce(json_agg(distinct author_name), '[]') from idea where author = x.id and author_name is not null) as names,
      (select count(*)::int from idea_support where account = x.id) as supported,
      (select count(*)::int from need_answer where account = x.id) as needs,
      (select count(*)::int from question where account = x.id) as questions,
      (select count(*)::int from follow where account = x.id) as follows,
      (select count(*)::int from idea_follow where account = x.id) as "ideaFollows",
      (select count(voice)::int from need_answer where account = x.id) as "needVoices",
      (select count(*)::int from need_hands where account = x.id) as counted,
      (select count(*)::int from paper_entry where account = x.id) as papers,
      (select max(until) from idea_mute where account = x.id) as "ideasMuted",
      (select count(*)::int from moderation_room where bound_by = x.id)
        + (select count(*)::int from news_channel where bound_by = x.id) as rooms,
      (select count(*)::int from room_invite where made_by = x.id)
        + (select count(*)::int from channel_invite where made_by = x.id) as invites,
      (select count(*)::int from cycle_draft where account = x.id) as drafts,
      (select count(*)::int from pressure_report where mark = ${mark}) as reports,
      (select count(*)::int from attempt where account = x.id) as attempts
    from (select ${account}::bigint as id) x left join account a on a.id = x.id`
  if (!row) throw new Error('the database did not tell what is kept')
  return {
    ...row,
    since: row.since === null ? undefined : iso(row.since),
    source: row.source ?? undefined,
    residence: row.residence ?? undefined,
    ideasMuted: row.ideasMuted === null ? undefined : iso(row.ideasMuted),
    rights: await rightsOf(tx, account),
    grants: await rolesOf(tx, account),
  }
}
