// The akimat's list as a file: read in whatever way it was saved, and summed up without anybody's number.
import { decodeText, looksLikeSpreadsheet, type TextEncoding } from './formats/encoding.ts'
import { fail, ok, type Result } from './result.ts'
import { type ReadRoll, type RollProblem, readRoll } from './roll.ts'
import type { RollVillage } from './village-names.ts'

/** `workbook`: the file is .xlsx, .xls or .ods; it must be saved as CSV first. */
export type PrepareProblem = RollProblem | { kind: 'workbook' }

/** What the official reads before the file is written; nobody's number or phone is in it. */
export type RollSummary = {
  encoding: TextEncoding
  rows: number
  villages: { village: string; rows: number }[]
  phones: number
  /** Rows whose phone another row has too: these people verify in another way. */
  sharedPhones: number
  /** Names of columns that were not read. */
  ignored: string[]
  /** Lines at the end that add the others up. */
  totals: number[]
}

/** The rows of the list with a summary, or all that is wrong with it. `phones`: whether they are read too. */
export function readList(
  { csv, villages }: { csv: Uint8Array; villages: readonly RollVillage[] },
  phones: boolean,
): Result<{ roll: ReadRoll; summary: RollSummary }, PrepareProblem[]> {
  if (looksLikeSpreadsheet(csv)) return fail([{ kind: 'workbook' }])
  const { text, encoding } = decodeText(csv)
  const roll = readRoll(text, { villages, phones })
  if (!roll.ok) return roll
  const { rows, ignored, totals } = roll.value
  const perVillage = countBy(rows.map(({ village }) => village))
  const perPhone = countBy(rows.flatMap(({ phone }) => (phone === undefined ? [] : [phone])))
  const counts = [...perPhone.values()]
  const summary: RollSummary = {
    encoding,
    rows: rows.length,
    villages: [...perVillage].map(([village, rows]) => ({ village, rows })),
    phones: counts.reduce((sum, count) => sum + count, 0),
    sharedPhones: counts.filter((count) => count > 1).reduce((sum, count) => sum + count, 0),
    ignored,
    totals,
  }
  return ok({ roll: roll.value, summary })
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
