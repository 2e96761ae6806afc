// Rights claimed, ballots opened, and what is known of those cast. Every decision is one call of a function in the migrations.
import { and, eq } from 'drizzle-orm'
import { type ClaimAnswer, readClaimAnswer } from './answers.ts'
import { type Db, iso, type Tx } from './db.ts'
import { card } from './schema-roll.ts'

/** Seconds until this account may look up a code again: asked before anything is hashed. */
export async function waitBeforeLookUp(tx: Tx, cycle: number, account: number): Promise<number> {
  const [row] = await tx.sql<{ wait: number }[]>`select attempt_wait(${cycle}, ${account}) as wait`
  return row?.wait ?? 0
}

/** Looks a card up by its hash and claims its roll row under `nonce`; without one it only looks. A failure counts as an attempt. */
export async function claimByCard(
  tx: Tx,
  cycle: number,
  account: number,
  hash: Uint8Array,
  nonce: Uint8Array | undefined,
): Promise<ClaimAnswer> {
  const [row] = await tx.sql`
    select outcome, roll_row as "rollRow", territory, serial, wait, slug, at
    from claim_card(${cycle}, ${account}, ${hash}, ${nonce ?? null}::bytea)`
  return readClaimAnswer(row)
}

/** The same by the keyed hash of a shared contact's number. */
export async function claimByContact(
  tx: Tx,
  cycle: number,
  account: number,
  mac: Uint8Array,
  nonce: Uint8Array,
): Promise<ClaimAnswer> {
  const [row] = await tx.sql`
    select outcome, roll_row as "rollRow", territory, serial, wait, slug, at
    from claim_contact(${cycle}, ${account}, ${mac}, ${nonce})`
  return readClaimAnswer(row)
}

/** The same by the keyed hash of a one-time code that the desk gave. */
export async function claimByDeskCode(
  tx: Tx,
  cycle: number,
  account: number,
  mac: Uint8Array,
  nonce: Uint8Array,
): Promise<ClaimAnswer> {
  const [row] = await tx.sql`
    select outcome, roll_row as "rollRow", territory, serial, wait, slug, at
    from claim_at_desk(${cycle}, ${account}, ${mac}, ${nonce})`
  return readClaimAnswer(row)
}

/** Whether a cycle has a card of this hash, in any state. */
export async function hasCard(tx: Tx, cycle: number, hash: Uint8Array): Promise<boolean> {
  const rows = await tx.orm
    .select({ id: card.id })
    .from(card)
    .where(and(eq(card.cycle, cycle), eq(card.codeHash, hash)))
  return rows.length > 0
}

/**
 * Opens a ballot for a roll row that this account holds; false when it does not hold it. Says nothing about any choice. The claim is
 * held meanwhile: an erasure finds this ballot, or this finds the claim gone.
 */
export async function insertOpenedBallot(
  tx: Tx,
  ballot: { id: string; cycle: number; rollRow: number; account: number },
): Promise<boolean> {
  const rows = await tx.sql`
    insert into opened_ballot (id, cycle, roll_row, account)
    select ${ballot.id}, c.cycle, c.roll_row, c.account from claim c
    where c.cycle = ${ballot.cycle} and c.roll_row = ${ballot.rollRow} and c.account = ${ballot.account} for share returning id`
  return rows.length > 0
}

/** The last ballot this account opened for a roll row within the 7 days that marks live, unless a vote was recorded since. */
export async function lastUnsent(
  tx: Tx,
  at: { cycle: number; rollRow: number; account: number },
): Promise<string | undefined> {
  const [row] = await tx.sql<{ id: string }[]>`
    select o.id from opened_ballot o
    where o.cycle = ${at.cycle} and o.roll_row = ${at.rollRow} and o.account = ${at.account} and o.at > now() - interval '7 days'
      and not exists (select 1 from ballot b where b.cycle = o.cycle and b.roll_row = o.roll_row and b.at > o.at)
    order by o.at desc limit 1`
  return row?.id
}

export interface OpenedBallot {
  id: string
  cycle: number
  rollRow: number
  territory: number
  serial: number | null
  label: string | null
  castAt: string | null
  castHere: boolean
  /** It is open on a facilitator's phone for the person of this number on the akimat's list, who reads that language. */
  helped: { registerNo: number; locale: string | null } | null
}

/**
 * An opened ballot as its account sees it, with the last recorded vote of the row; a facilitator sees none of whoever they help. One
 * round trip, shared with others who mark in the same moment.
 */
export async function openedBallotOf(db: Db, id: string, account: number): Promise<OpenedBallot | undefined> {
  const row = await db.together('opened', id, async (ids) => {
    // Each is looked up by its keys: planned as a whole, all that was ever cast might be read for a few.
    const rows = await db.sql<(OpenedBallot & { account: number })[]>`
      select found.* from unnest(${ids}::text[]::uuid[]) asked (id) cross join lateral (
        select o.id, o.account, o.cycle, o.roll_row as "rollRow", r.territory, c.serial, c.label,
          case when a.ballot is null then to_char(b.signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end as "castAt",
          x.opened_ballot is not null as "castHere",
          case when a.ballot is not null then json_build_object('registerNo', r.register_no, 'locale', a.locale) end as helped
        from opened_ballot o join roll_row r on r.id = o.roll_row
        left join ballot x on x.opened_ballot = o.id
        left join assist a on a.ballot = o.id and a.ended_at is null
        left join claim c on c.cycle = o.cycle and c.roll_row = o.roll_row and c.account = o.account
        left join lateral (select signed_at from ballot where cycle = o.cycle and roll_row = o.roll_row order by s desc limit 1) b on true
        where o.id = asked.id and (a.ballot is not null or c.roll_row is not null) limit 1) found`
    return new Map(rows.map((each) => [each.id, each]))
  })
  if (row?.account !== account) return undefined
  const { account: _, ...opened } = row
  return opened
}

/** The person has seen that the ballot was accepted. */
export async function setShown(db: Db, ballot: string): Promise<void> {
  await db.together('shown', ballot, async (ids) => {
    await db.sql`update opened_ballot set shown_at = now() where id = any(${ids}::text[]::uuid[])`
    return new Map()
  })
}

interface Unshown {
  ballot: string
  account: number
  cycle: number
  territory: number
  receipt: string
  at: string
}

/**
 * Cast ballots whose receipt nobody has been shown for a minute, and none is queued: a crash swallowed the answer. The oldest first.
 * `above`: of ballots up to this leaf nothing is asked.
 */
export async function unshownBallots(tx: Tx, above: number, limit: number): Promise<Unshown[]> {
  const rows = await tx.sql<Unshown[]>`
    select o.id as ballot, o.account, o.cycle, r.territory, b.receipt, b.signed_at as at
    from ballot b join opened_ballot o on o.id = b.opened_ballot join roll_row r on r.id = o.roll_row
    where b.leaf > ${above} and b.channel <> 'assisted' and o.shown_at is null and b.at < now() - interval '1 minute'
      and b.at > now() - interval '1 day' and o.account is not null
      and not exists (select 1 from delivery d where d.dedupe = 'receipt:' || o.id)
    order by b.at limit ${limit}`
  return rows.map((row) => ({ ...row, at: iso(row.at) }))
}

/**
 * The last leaf of a ballot that was cast two minutes ago or longer, above the leaf `above`; undefined where there is none. Leaves of one moment may be
 * numbered in another order than their clocks read, never a minute apart.
 */
export async function lastSettledBallot(tx: Tx, above: number): Promise<number | undefined> {
  const [row] = await tx.sql<{ leaf: number | null }[]>`
    select max(leaf) as leaf from ballot where leaf > ${above} and at < now() - interval '2 minutes'`
  return row?.leaf ?? undefined
}

/** Cast, and the rights behind them or with a paper in hand, per territory. */
export async function castNumbers(
  tx: Tx,
  cycle: number,
): Promise<{ territory: number; cast: number; rights: number }[]> {
  return tx.sql<{ territory: number; cast: number; rights: number }[]>`
    select r.territory, count(b.s)::int as cast, count(distinct r.id)::int as rights
    from roll_row r left join ballot b on b.cycle = r.cycle and b.roll_row = r.id
    where r.cycle = ${cycle} and (b.s is not null or r.way = 'paper') group by r.territory`
}

/** Failed look-ups older than two days count for nothing. */
export async function forgetOldAttempts(tx: Tx): Promise<void> {
  await tx.sql`delete from attempt where at < clock_timestamp() - interval '2 days'`
}

/** The receipt of a ballot that this account cast, with the short name of its cycle. */
export async function receiptOfBallot(
  tx: Tx,
  ballot: string,
  account: number,
): Promise<{ slug: string; leaf: Uint8Array; at: string; signature: Uint8Array } | undefined> {
  const [row] = await tx.sql<{ slug: string; leaf: Uint8Array; at: string; signature: Uint8Array }[]>`
    select c.slug, l.hash as leaf, b.signed_at as at, b.signature from ballot b
    join opened_ballot o on o.id = b.opened_ballot join leaf l on l.id = b.leaf join cycle c on c.id = b.cycle
    where b.opened_ballot = ${ballot} and o.account = ${account}`
  return row && { ...row, at: iso(row.at) }
}

/** Rights of a village that voted, by the channel of their last ballot, and the valid papers of its box; those who went over to paper are
 * not among the others. `tests`: numbers on the list that are nobody's. */
export const castByChannel = (
  tx: Tx,
  cycle: number,
  territory: number,
  tests: readonly number[] = [],
): Promise<{ channel: string; rights: number }[]> =>
  tx.sql<{ channel: string; rights: number }[]>`
    select b.channel, count(*)::int as rights from roll_row r
    join lateral (select channel from ballot where cycle = r.cycle and roll_row = r.id order by s desc limit 1) b on true
    where r.cycle = ${cycle} and r.territory = ${territory} and r.way <> 'paper' and r.register_no <> all(${[...tests]}::int[])
    group by b.channel
    union all select 'paper', ballots from paper_box where cycle = ${cycle} and territory = ${territory} and ballots > 0
    order by channel`

/** Rights that voted, by the channel of their last ballot, or were handed a paper; a channel that nobody used has no line. */
export const channelNumbers = (tx: Tx, cycle: number): Promise<{ channel: string; rights: number }[]> =>
  tx.sql<{ channel: string; rights: number }[]>`
    select case when r.way = 'paper' then 'paper' else x.channel end as channel, count(*)::int as rights
    from (select distinct on (roll_row) roll_row, channel from ballot where cycle = ${cycle} order by roll_row, s desc) x
    full join (select id, way from roll_row where cycle = ${cycle} and way = 'paper') r on r.id = x.roll_row
    group by 1 order by 1`

/** Somebody voted in a trial once. */
export async function trialWasVotedOn(tx: Tx): Promise<boolean> {
  const rows =
    await tx.sql`select 1 from cycle c where c.trial and exists (select 1 from ballot b where b.cycle = c.id) limit 1`
  return rows.length > 0
}
