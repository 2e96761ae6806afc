// A resident reports pressure or votes that are bought: kept for the auditors of the vote alone, who are told; the log says the village.
import { createHmac } from 'node:crypto'
import { REPORT_LETTERS, REPORTS_A_DAY, reportLength, type SaidReport } from '../core/pressure.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { disputesOver, holdReporter, insertReport } from '../store/pressure.ts'
import { codesOf } from '../store/territories.ts'
import type { Tx } from '../store/db.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { whoElseMay } from './may-act.ts'
import { readPlace } from './read-place.ts'
import { tell } from './tell.ts'
import { transact } from './transact.ts'

export type ReportProblem =
  | { kind: 'nothing-there' }
  | { kind: 'bad-length'; most: number; number: number }
  | { kind: 'too-many'; most: number }
  /** The days for disputes about the vote are over. */
  | { kind: 'too-late' }

/** The keyed hash of an account that a report has for its day; no other table has this one. */
export const reportMark = (app: App, account: number): Uint8Array =>
  new Uint8Array(createHmac('sha256', app.secrets.pepper(0)).update(`dauys-pressure-v1 ${account}`).digest())

/** The same words twice are one report. */
export async function reportPressure(
  app: App,
  account: number,
  here: { cycle: number; territory: number },
  said: SaidReport,
): Promise<Result<void, ReportProblem>> {
  const place = await readPlace(app, here.cycle, here.territory)
  if (!place) return fail({ kind: 'nothing-there' })
  if ('text' in said) {
    const long = reportLength(said.text)
    if (long.kind === 'bad-length')
      return fail({ kind: 'bad-length', most: REPORT_LETTERS, number: long.number })
  }
  const words = 'text' in said ? { text: said.text.trim() } : said
  const report = { ...here, said: words, mark: reportMark(app, account) }
  return transact<void, ReportProblem>(app, async (tx) => {
    if (await disputesOver(tx, here.cycle)) return fail({ kind: 'too-late' })
    if ((await holdReporter(tx, report)) !== undefined) return ok(undefined)
    const number = await insertReport(tx, report)
    if (number === undefined) return fail({ kind: 'too-many', most: REPORTS_A_DAY })
    const village = String(here.territory)
    await appendLeaf(app, tx, here.cycle, {
      kind: 'pressure-reported',
      cycle: place.cycle.slug,
      village,
      number,
    })
    await tellAuditors(app, tx, here, number)
    return ok(undefined)
  })
}

/** Whoever reads the signals of the whole vote, once each. */
async function tellAuditors(
  app: App,
  tx: Tx,
  here: { cycle: number; territory: number },
  number: number,
): Promise<void> {
  const places = (await codesOf(tx, here.cycle)).map(({ territory }) => territory)
  for (const account of await whoElseMay(app, tx, 'read-signals', places, 0))
    await tell(
      app,
      tx,
      { kind: 'pressure-reported', ...here },
      { account, dedupe: `pressure-reported:${number}:${account}` },
    )
}
