// Public meetings about a village's needs: one a village, the counts of its hands, and what was published.
import type { Localised } from '../core/localised.ts'
import type { Hands, NeedFigures } from '../core/needs.ts'
import { iso, type Tx } from './db.ts'

export interface Meeting {
  cycle: number
  territory: number
  place: Localised
  /** UTC ISO. */
  at: string
  /** Once two people agree. */
  agreed: Hands | undefined
}

interface MeetingRow extends Omit<Meeting, 'agreed'>, Record<'hands', number[] | null> {
  present: number | null
  women: number | null
}

type Where = { cycle: number; territory: number }

const meetingOf = ({ hands, present, women, ...row }: MeetingRow): Meeting => ({
  ...row,
  at: iso(row.at),
  agreed: hands === null ? undefined : { hands, present: present ?? 0, women: women ?? 0 },
})

const columns = (tx: Tx) =>
  tx.sql`m.cycle, m.territory, m.place, m.at, to_json(m.hands) as hands, m.present, m.women`

export async function meetingIn(tx: Tx, { cycle, territory }: Where): Promise<Meeting | undefined> {
  const [row] = await tx.sql<MeetingRow[]>`
    select ${columns(tx)} from need_meeting m where m.cycle = ${cycle} and m.territory = ${territory}`
  return row && meetingOf(row)
}

/** The same, its row locked until the transaction ends. */
export async function meetingForUpdate(tx: Tx, where: Where): Promise<Meeting | undefined> {
  await tx.sql`
    select 1 from need_meeting where cycle = ${where.cycle} and territory = ${where.territory} for update`
  return meetingIn(tx, where)
}

/** Sets place and time, anew where they were set before. False: its hands are counted already. */
export async function putMeeting(
  tx: Tx,
  { cycle, territory, place, at }: Omit<Meeting, 'agreed'>,
): Promise<boolean> {
  const rows = await tx.sql`
    insert into need_meeting as m (cycle, territory, place, at)
    values (${cycle}, ${territory}, ${JSON.stringify(place)}::text::jsonb, ${at}::timestamptz)
    on conflict (cycle, territory) do update set place = excluded.place, at = excluded.at where m.hands is null
    returning m.cycle`
  return rows.length > 0
}

/** What one person counted, in place of what they entered before. */
export async function putHands(
  tx: Tx,
  { cycle, territory, account }: Where & { account: number },
  { hands, present, women }: Hands,
): Promise<void> {
  await tx.sql`
    insert into need_hands (cycle, territory, account, hands, present, women)
    values (${cycle}, ${territory}, ${account}, ${hands}::int[], ${present}, ${women})
    on conflict (cycle, territory, account) do update set hands = excluded.hands, present = excluded.present,
      women = excluded.women, at = clock_timestamp()`
}

/** What one person counted, and when (UTC ISO). */
export interface CountedBy extends Hands {
  account: number
  at: string
}

/** What everybody counted of a meeting, the first first. */
export async function handsIn(tx: Tx, { cycle, territory }: Where): Promise<CountedBy[]> {
  const rows = await tx.sql<CountedBy[]>`
    select account, at, to_json(hands) as hands, present, women from need_hands
    where cycle = ${cycle} and territory = ${territory} order by at, account`
  return rows.map((row) => ({ ...row, at: iso(row.at) }))
}

/** The meeting is off, with what was counted of it. False: there is none, or its hands are counted already. */
export async function dropMeeting(tx: Tx, { cycle, territory }: Where): Promise<boolean> {
  await tx.sql`
    delete from need_hands h using need_meeting m
    where h.cycle = m.cycle and h.territory = m.territory and m.cycle = ${cycle} and m.territory = ${territory} and m.hands is null`
  const { count } = await tx.sql`
    delete from need_meeting where cycle = ${cycle} and territory = ${territory} and hands is null`
  return count > 0
}

/** What others counted of the same meeting, newest first. */
export const handsOfOthers = (
  tx: Tx,
  { cycle, territory, account }: Where & { account: number },
): Promise<(Hands & { account: number })[]> => tx.sql<(Hands & { account: number })[]>`
  select to_json(hands) as hands, present, women, account from need_hands
  where cycle = ${cycle} and territory = ${territory} and account <> ${account} order by at desc, account`

/** Two people entered the same. */
export async function settleHands(
  tx: Tx,
  { cycle, territory }: Where,
  { hands, present, women }: Hands,
): Promise<void> {
  await tx.sql`
    update need_meeting set hands = ${hands}::int[], present = ${present}, women = ${women}
    where cycle = ${cycle} and territory = ${territory} and hands is null`
}

/** Meetings that residents were not reminded of yet, which begin within 48 hours. */
export async function meetingsAhead(tx: Tx): Promise<Meeting[]> {
  const rows = await tx.sql<MeetingRow[]>`
    select ${columns(tx)} from need_meeting m
    where m.reminded_for is distinct from m.at and m.at > clock_timestamp() and m.at < clock_timestamp() + interval '48 hours'
    order by m.at, m.cycle, m.territory`
  return rows.map(meetingOf)
}

/** Residents are reminded of it, once: false when somebody else did so, or it was moved meanwhile. */
export async function markReminded(tx: Tx, { cycle, territory, at }: Meeting): Promise<boolean> {
  const rows = await tx.sql`
    update need_meeting set reminded_for = at
    where cycle = ${cycle} and territory = ${territory} and at = ${at}::timestamptz and reminded_for is distinct from at
    returning cycle`
  return rows.length > 0
}

export interface NeedResult {
  reply: Localised
  figures: NeedFigures
  /** UTC ISO. */
  at: string
}

export async function needResultOf(tx: Tx, { cycle, territory }: Where): Promise<NeedResult | undefined> {
  const [row] = await tx.sql<NeedResult[]>`
    select reply, figures, at from need_result where cycle = ${cycle} and territory = ${territory}`
  return row && { ...row, at: iso(row.at) }
}

/** Once: false where it was published before. */
export async function insertNeedResult(
  tx: Tx,
  { cycle, territory }: Where,
  { reply, figures }: Omit<NeedResult, 'at'>,
): Promise<boolean> {
  const rows = await tx.sql`
    insert into need_result (cycle, territory, reply, figures)
    values (${cycle}, ${territory}, ${JSON.stringify(reply)}::text::jsonb, ${JSON.stringify(figures)}::text::jsonb)
    on conflict (cycle, territory) do nothing returning cycle`
  return rows.length > 0
}
