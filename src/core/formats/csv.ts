// CSV as officials' spreadsheets write it (; , tab or | · sep= · quotes · CRLF · BOM), read with line numbers and written without formula cells.
import { fail, ok, type Result } from '../result.ts'

/** A row of a file: the line it begins on (from 1; a cell may hold line breaks) and its cells. */
export type CsvRow = { line: number; cells: string[] }

export const SEPARATORS = [';', ',', '\t', '|'] as const
export type CsvSeparator = (typeof SEPARATORS)[number]

export type CsvTable = { separator: CsvSeparator; headerLine: number; header: string[]; rows: CsvRow[] }

/** Line and column count from 1; a column is a character of the line, not a cell. */
export type CsvProblem =
  | { kind: 'empty'; line: number; column: number }
  | { kind: 'unclosed-quote'; line: number; column: number }
  | { kind: 'text-after-quote'; line: number; column: number }
  | { kind: 'wrong-cell-count'; line: number; column: number; expected: number; found: number }

/**
 * Reads a CSV text. The first row is the header; its separator holds for the file, and every row must have as many cells.
 * Blank lines are skipped. The `'` that `writeCsv` puts before a formula is taken off again.
 * @returns the table, or every problem of the file
 */
export function readCsv(text: string): Result<CsvTable, CsvProblem[]> {
  const { table, problems } = scanCsv(text)
  return problems.length === 0 ? ok(table) : fail(problems)
}

/** Is this row the header? Asked of the first rows: a title may stand above it. */
export type IsHeader = (cells: readonly string[]) => boolean

/** So many rows may stand above the header. */
const MOST_TITLES = 20

/**
 * As `readCsv`, but hands back the rows that are well formed beside the problems, so that a caller can check those too. With
 * `isHeader`: rows above the first that is one are titles, and the separator is one that makes such a row; empty cells that a
 * row has too many of are no problem. Where no row is a header, the first stands for it.
 */
export function scanCsv(text: string, isHeader?: IsHeader): { table: CsvTable; problems: CsvProblem[] } {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  const { separator, rows, problems } = splitBest(body, isHeader)
  const at = isHeader ? Math.max(0, headerIn(rows, isHeader)) : 0
  const head = rows[at]
  if (!head) {
    const empty: CsvProblem = { kind: 'empty', line: 1, column: 1 }
    return { table: { separator, headerLine: 1, header: [], rows: [] }, problems: [empty] }
  }
  const expected = head.cells.length
  const good: CsvRow[] = []
  for (const row of rows.slice(at + 1)) {
    const cells = isHeader ? withoutSpare(row.cells, expected) : row.cells
    const found = cells.length
    if (found === expected) good.push({ line: row.line, cells })
    else problems.push({ kind: 'wrong-cell-count', ...placeOf(row, expected), expected, found })
  }
  problems.sort((a, b) => a.line - b.line || a.column - b.column)
  return { table: { separator, headerLine: head.line, header: head.cells, rows: good }, problems }
}

const headerIn = (rows: readonly RawRow[], isHeader: IsHeader): number =>
  rows.slice(0, MOST_TITLES).findIndex(({ cells }) => isHeader(cells))

/** By the separator that the file states (`sep=;`), else by the one that makes a header, else by the most frequent one. */
function splitBest(text: string, isHeader?: IsHeader): Split & { separator: CsvSeparator } {
  const stated = /^sep=([;,\t|])\r?\n?/i.exec(text)?.[1] as CsvSeparator | undefined
  const usual = stated ?? separatorOf(text)
  const skip = stated === undefined ? 0 : 1
  const by = (separator: CsvSeparator) => ({ separator, ...split(text, separator, skip) })
  const first = by(usual)
  if (stated !== undefined || !isHeader || headerIn(first.rows, isHeader) >= 0) return first
  for (const separator of SEPARATORS) {
    const other = separator === usual ? first : by(separator)
    if (headerIn(other.rows, isHeader) >= 0) return other
  }
  return first
}

/** A spreadsheet pads rows to the widest one of the sheet. */
function withoutSpare(cells: readonly string[], expected: number): string[] {
  const kept = [...cells]
  while (kept.length > expected && kept.at(-1)?.trim() === '') kept.pop()
  return kept
}

/**
 * Writes rows (the header first) as CSV, CRLF after each. A cell that a spreadsheet would take for a formula (it begins with
 * = + - @, tab, a line break or NUL; a negative number too) gets a `'` in front. No byte order mark: whoever makes a file
 * for a spreadsheet puts U+FEFF in front.
 */
export function writeCsv(
  rows: readonly (readonly (string | number)[])[],
  separator: ';' | ',' = ';',
): string {
  return rows.map((row) => `${writeRow(row, separator)}\r\n`).join('')
}

function writeRow(row: readonly (string | number)[], separator: ';' | ','): string {
  const cells = row.map((cell) => quoted(guarded(String(cell))))
  return cells.length === 1 && cells[0] === '' ? '""' : cells.join(separator)
}

// What a spreadsheet runs, the full-width signs of eastern ones too. The writer also guards what already looks guarded, and the
// reader takes off one `'`: so every text comes back as it was.
const FORMULA = "'*[=+\\-@＝＋－＠\\t\\r\\n\\0]"
const guarded = (cell: string): string => (new RegExp(`^${FORMULA}`).test(cell) ? `'${cell}` : cell)
const unguarded = (cell: string): string => (new RegExp(`^'${FORMULA}`).test(cell) ? cell.slice(1) : cell)

// Every separator is quoted: a reader finds out which one the file has by counting those outside quotes.
const quoted = (cell: string): string =>
  /[";,|\r\n\t\uFEFF]/.test(cell) || cell.trim() !== cell ? `"${cell.replaceAll('"', '""')}"` : cell

/** The separator that stands most often outside quotes in the first line that is not blank; `;` when none does. */
function separatorOf(text: string): CsvSeparator {
  let inQuotes = false
  const counts = new Map<string, number>(SEPARATORS.map((separator) => [separator, 0]))
  for (const sign of text.replace(/^[\r\n]+/, '')) {
    if (sign === '"') inQuotes = !inQuotes
    else if (inQuotes) continue
    else if (sign === '\n' || sign === '\r') break
    else if (counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  }
  const most = Math.max(...counts.values())
  return SEPARATORS.find((separator) => counts.get(separator) === most) ?? ';'
}

/** A row may go over several lines, inside quotes. */
type Spot = { line: number; column: number }
type RawRow = CsvRow & { begins: Spot[]; end: Spot }

const placeOf = (row: RawRow, expected: number): Spot => row.begins[expected] ?? row.end

type Split = { rows: RawRow[]; problems: CsvProblem[] }

/** Splits a text into rows of cells, the first `skip` left out. `begins` are where the cells begin, `end` is where the row does. */
function split(text: string, separator: CsvSeparator, skip: number): Split {
  const rows: RawRow[] = []
  const problems: CsvProblem[] = []
  const plain = new RegExp(`[^\\${separator}\r\n]*`, 'y')
  let at = 0
  let line = 1
  let lineStart = 0
  const here = (): Spot => ({ line, column: at - lineStart + 1 })
  const breakLength = (): number =>
    text.startsWith('\r\n', at) ? 2 : text[at] === '\r' || text[at] === '\n' ? 1 : 0
  const rest = (): string => {
    plain.lastIndex = at
    const found = plain.exec(text)?.[0] ?? ''
    at += found.length
    return found
  }

  const quotedCell = (): string => {
    const opened = here()
    let cell = ''
    at++
    for (;;) {
      if (at >= text.length) {
        problems.push({ kind: 'unclosed-quote', ...opened })
        return cell
      }
      const length = breakLength()
      if (length > 0) {
        cell += text.slice(at, at + length)
        at += length
        line++
        lineStart = at
      } else if (text[at] !== '"') {
        cell += text[at++]
      } else if (text[at + 1] === '"') {
        cell += '"'
        at += 2
      } else {
        at++
        const problem: CsvProblem = { kind: 'text-after-quote', ...here() }
        if (rest().trim() !== '') problems.push(problem)
        return cell
      }
    }
  }

  while (at < text.length) {
    const blank = breakLength()
    if (blank === 0) {
      const row: RawRow = { line, cells: [], begins: [], end: here() }
      do {
        if (row.cells.length > 0) at++
        row.begins.push(here())
        row.cells.push(unguarded(text[at] === '"' ? quotedCell() : rest()))
      } while (text[at] === separator)
      row.end = here()
      rows.push(row)
    }
    const length = breakLength()
    if (length > 0) {
      at += length
      line++
      lineStart = at
    }
  }
  return { rows: rows.slice(skip), problems }
}
