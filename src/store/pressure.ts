// Reports of pressure and of votes that are bought: kept for auditors until the days for disputes are over, without who wrote them.
import type { SaidReport } from '../core/pressure.ts'
import { REPORTS_A_DAY } from '../core/pressure.ts'
import type { Localised } from '../core/localised.ts'
import { ZONE } from '../core/zone.ts'
import { iso, type Tx } from './db.ts'

/** `number`: through the installation. */
export interface PressureReport {
  number: number
  territory: number
  village: Localised
  text: string | null
  /** Telegram's id of a voice note. */
  voice: string | null
  /** UTC ISO. */
  at: string
}

interface NewReport {
  cycle: number
  territory: number
  said: SaidReport
  /** The keyed hash of the account. */
  mark: Uint8Array
}

/** Whoever reports under this mark waits until the transaction ends. `same`: the number of the same words of today, if there are any. */
export async function holdReporter(tx: Tx, { cycle, said, mark }: NewReport): Promise<number | undefined> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(encode(${mark}::bytea, 'hex'), 69))`
  const { text, voice } = spread(said)
  const [row] = await tx.sql<{ id: number }[]>`
    select id from pressure_report where mark = ${mark} and cycle = ${cycle}
      and text is not distinct from ${text}::text and voice is not distinct from ${voice}::text`
  return row?.id
}

/** Undefined: as many of this mark were taken today as may be. */
export async function insertReport(tx: Tx, report: NewReport): Promise<number | undefined> {
  const { cycle, territory, said, mark } = report
  const { text, voice } = spread(said)
  const [row] = await tx.sql<{ id: number }[]>`
    insert into pressure_report (cycle, territory, text, voice, mark, day, slot)
    select ${cycle}::int, ${territory}::int, ${text}::text, ${voice}::text, ${mark}::bytea, d.day, s
    from (select (clock_timestamp() at time zone ${ZONE})::date as day) d, generate_series(1, ${REPORTS_A_DAY}::int) s
    where not exists (select 1 from pressure_report r where r.mark = ${mark}::bytea and r.day = d.day and r.slot = s)
    order by s limit 1 returning id`
  return row?.id
}

const spread = (said: SaidReport) =>
  'text' in said ? { text: said.text, voice: null } : { text: null, voice: said.voice }

/** The newest first. */
export async function reportsOf(tx: Tx, cycle: number): Promise<PressureReport[]> {
  const rows = await tx.sql<PressureReport[]>`
    select r.id as number, r.territory, t.name as village, r.text, r.voice, r.at
    from pressure_report r join territory t on t.id = r.territory where r.cycle = ${cycle} order by r.id desc`
  return rows.map((row) => ({ ...row, at: iso(row.at) }))
}

/** Nothing about the vote is disputed any more, or it was void long enough. */
export async function disputesOver(tx: Tx, cycle: number): Promise<boolean> {
  const [row] = await tx.sql<{ over: boolean }[]>`select disputes_over(${cycle}) as over`
  return row?.over ?? false
}

export async function forgetReportMark(tx: Tx, mark: Uint8Array): Promise<void> {
  await tx.sql`update pressure_report set mark = null where mark = ${mark}`
}

/** Marks go when their day is over, reports with the days for disputes. */
export async function forgetOldReports(tx: Tx): Promise<void> {
  await tx.sql`
    update pressure_report set mark = null where mark is not null and day < (clock_timestamp() at time zone ${ZONE})::date`
  await tx.sql`
    delete from pressure_report where cycle in (
      select cycle from (select distinct cycle from pressure_report) r where disputes_over(r.cycle))`
}

export async function forgetReportsOf(tx: Tx, cycle: number): Promise<void> {
  await tx.sql`delete from pressure_report where cycle = ${cycle}`
}
