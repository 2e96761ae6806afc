// A CSV file of our own by the names of its columns, in the order in which the reader wants them.
import { fail, ok, type Result } from '../result.ts'
import { type CsvProblem, type CsvRow, readCsv } from './csv.ts'

export type ColumnsProblem = CsvProblem | { kind: 'missing-column'; line: number; column: string }

/** Cells of the named columns, trimmed, in the order asked for; other columns are ignored. */
export function readColumns(text: string, names: readonly string[]): Result<CsvRow[], ColumnsProblem[]> {
  const read = readCsv(text)
  if (!read.ok) return read
  const { header, headerLine, rows } = read.value
  const places = names.map((name) => header.indexOf(name))
  const missing = names.filter((_, at) => places[at] === -1)
  if (missing.length > 0)
    return fail(missing.map((column) => ({ kind: 'missing-column', line: headerLine, column })))
  return ok(rows.map(({ line, cells }) => ({ line, cells: places.map((at) => (cells[at] ?? '').trim()) })))
}
