// Assisted sessions: which ballot a facilitator opened for whom, until it is sent and its number written down. Nothing of a choice.
import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { ASSIST_MINUTES } from '../core/assist.ts'
import { iso, type Tx } from './db.ts'
import { assist, openedBallot } from './schema-vote.ts'

const looked = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('found'), rollRow: z.int(), territory: z.int(), serial: z.int() }),
  z.object({ outcome: z.literal('not-handed-over'), territory: z.int(), serial: z.int() }),
  z.object({ outcome: z.literal('wait'), wait: z.int() }),
  z.object({ outcome: z.literal('wrong') }),
])
/** What came of looking up the card of whoever is helped; whether somebody votes for its row already it does not say. */
export type CardLookedUp = z.infer<typeof looked>

/** By its hash; a failure counts as an attempt of the facilitator. The row is held until the transaction ends. */
export async function lookUpCard(
  tx: Tx,
  cycle: number,
  account: number,
  hash: Uint8Array,
): Promise<CardLookedUp> {
  const [row] = await tx.sql`
    select outcome, roll_row as "rollRow", territory, serial, wait from assist_card(${cycle}, ${account}, ${hash})`
  return looked.parse(row)
}

/** The row behind a card, which is held already. `account`: who votes for it, where somebody does. */
export async function rowById(
  tx: Tx,
  rollRow: number,
): Promise<{ rollRow: number; way: string; account: number | null } | undefined> {
  const [row] = await tx.sql<{ rollRow: number; way: string; account: number | null }[]>`
    select r.id as "rollRow", r.way, c.account
    from roll_row r left join claim c on c.cycle = r.cycle and c.roll_row = r.id where r.id = ${rollRow}`
  return row
}

/** One facilitator at a time: whoever opens a session twice at once is counted once. */
export async function holdFacilitator(tx: Tx, account: number): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(8, hashint8(${account}))`
}

/** People this facilitator has helped in a cycle, besides the one of `except`. */
export async function helpedBy(tx: Tx, cycle: number, account: number, except = 0): Promise<number> {
  const [row] = await tx.sql<{ helped: number }[]>`
    select count(distinct roll_row)::int as helped from assist
    where cycle = ${cycle} and account = ${account} and roll_row <> ${except}`
  return row?.helped ?? 0
}

/** Opens a ballot for the person of a row, in place of a session that was left open. */
export async function insertAssist(
  tx: Tx,
  one: { ballot: string; cycle: number; rollRow: number; account: number },
): Promise<void> {
  await endOpenAssists(tx, one.account)
  const { ballot, cycle, rollRow, account } = one
  await tx.orm.insert(openedBallot).values({ id: ballot, cycle, rollRow, account })
  await tx.orm.insert(assist).values({ ballot, cycle, rollRow, account })
}

/** No session of the facilitator is open any more; false where none was. */
export async function endOpenAssists(tx: Tx, account: number): Promise<boolean> {
  const rows = await tx.orm
    .update(assist)
    .set({ endedAt: sql`clock_timestamp()` })
    .where(and(eq(assist.account, account), isNull(assist.endedAt)))
    .returning({ ballot: assist.ballot })
  return rows.length > 0
}

/** The language in which the person reads the ballot. */
export async function setAssistLanguage(
  tx: Tx,
  ballot: string,
  account: number,
  locale: string,
): Promise<void> {
  await tx.orm
    .update(assist)
    .set({ locale })
    .where(and(eq(assist.ballot, ballot), eq(assist.account, account), isNull(assist.endedAt)))
}

export interface StoredAssist {
  ballot: string
  cycle: number
  rollRow: number
  territory: number
  registerNo: number
  locale: string | null
  /** UTC ISO. */
  at: string
  /** Of the ballot, once it was sent. */
  receipt: string | null
  sentAt: string | null
}

/** The session that this facilitator has not ended and that is not too old; one that was sent waits until its number is written down. */
export async function openAssistOf(tx: Tx, account: number): Promise<StoredAssist | undefined> {
  const [row] = await tx.sql<StoredAssist[]>`
    select a.ballot, a.cycle, a.roll_row as "rollRow", r.territory, r.register_no as "registerNo", a.locale, a.at, b.receipt,
      b.signed_at as "sentAt"
    from assist a join roll_row r on r.id = a.roll_row left join ballot b on b.opened_ballot = a.ballot
    where a.account = ${account} and a.ended_at is null
      and (b.receipt is not null or a.at > clock_timestamp() - make_interval(mins => ${ASSIST_MINUTES}))`
  return row && { ...row, at: iso(row.at), sentAt: row.sentAt === null ? null : iso(row.sentAt) }
}

/** Votes that were recorded for people whose row an account of their own holds, of which they were not told yet. */
export const untoldAssists = (
  tx: Tx,
  limit: number,
): Promise<{ ballot: string; account: number | null; cycle: number; territory: number; at: string }[]> =>
  tx.sql<{ ballot: string; account: number | null; cycle: number; territory: number; at: string }[]>`
    select a.ballot, c.account, a.cycle, r.territory, to_char(b.signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from assist a join ballot b on b.opened_ballot = a.ballot join roll_row r on r.id = a.roll_row
    left join claim c on c.cycle = a.cycle and c.roll_row = a.roll_row
    where a.told_at is null order by a.at limit ${limit} for update of a skip locked`

export async function setAssistsTold(tx: Tx, ballots: readonly string[]): Promise<void> {
  await tx.sql`update assist set told_at = clock_timestamp() where ballot = any(${[...ballots]}::text[]::uuid[])`
}

/**
 * Of each village: rights whose last ballot the busiest facilitator helped with, and all that voted or have a paper. None once the vote
 * was forgotten: nobody knows any more who helped whom.
 */
export const busiestFacilitators = (
  tx: Tx,
  cycle: number,
): Promise<{ territory: number; votes: number; of: number }[]> =>
  tx.sql<{ territory: number; votes: number; of: number }[]>`
    with last as (
      select distinct on (b.roll_row) b.roll_row, b.opened_ballot from ballot b where b.cycle = ${cycle} order by b.roll_row, b.s desc),
    voted as (
      select r.territory, count(*)::int as of from roll_row r left join last l on l.roll_row = r.id
      where r.cycle = ${cycle} and (r.way = 'paper' or l.roll_row is not null) group by 1),
    helped as (
      select r.territory, a.account, count(*)::int as votes
      from last l join assist a on a.ballot = l.opened_ballot join roll_row r on r.id = l.roll_row
      where r.way <> 'paper' and not exists (select 1 from leaf f where f.log = ${cycle} and f.kind = 'forgotten') group by 1, 2)
    select h.territory, max(h.votes)::int as votes, max(v.of)::int as of
    from helped h join voted v on v.territory = h.territory group by h.territory order by h.territory`
