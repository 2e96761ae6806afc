// Everything that is kept about an account, as it may ask to see it.
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
  rights: KeptRight[]
  grants: KeptGrant[]
  /** Messages that wait, and messages that were sent and are not forgotten yet. */
  queued: number
  settled: number
  /** Ballots that were opened. */
  opened: number
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

/** All of it. */
export async function keptOf(tx: Tx, account: number): Promise<Kept> {
  const [row] = await tx.sql<(Record<'since' | 'source', string | null> & Omit<Kept, 'since' | 'source'>)[]>`
    select a.created_at as since, a.source,
      (select count(*)::int from delivery where account = x.id and state in ('pending', 'sending', 'paused')) as queued,
      (select count(*)::int from delivery where account = x.id and state not in ('pending', 'sending', 'paused')) as settled,
      (select count(*)::int from opened_ballot where account = x.id) as opened,
      (select count(*)::int from attempt where account = x.id) as attempts
    from (select ${account}::bigint as id) x left join account a on a.id = x.id`
  if (!row) throw new Error('the database did not tell what is kept')
  return {
    ...row,
    since: row.since === null ? undefined : iso(row.since),
    source: row.source ?? undefined,
    rights: await rightsOf(tx, account),
    grants: await rolesOf(tx, account),
  }
}
