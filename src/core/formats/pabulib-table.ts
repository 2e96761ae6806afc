// The outer form of a .pb file: three sections of `;`-separated cells, with line numbers kept for whoever must repair it.
import { fail, ok, type Result } from '../result.ts'
import type { PabulibProblem } from './pabulib-file.ts'

export type Section = 'META' | 'PROJECTS' | 'VOTES'

/** A row with something in it; `line` counts from 1, cells are trimmed. */
export type Row = { readonly line: number; readonly cells: readonly string[] }

export type Table = {
  readonly header: readonly string[]
  readonly headerLine: number
  readonly rows: readonly Row[]
}

export const sections: readonly Section[] = ['META', 'PROJECTS', 'VOTES']

/** Reads a quoted cell from behind its `"`. A quote inside is doubled. Without an `end` its quote is still open. */
function quoted(line: string, from: number): { cell: string; end?: number } {
  let cell = ''
  let at = from
  for (;;) {
    const close = line.indexOf('"', at)
    if (close < 0) return { cell: cell + line.slice(at) }
    cell += line.slice(at, close)
    if (line[close + 1] !== '"') {
      const stop = line.indexOf(';', close)
      const end = stop < 0 ? line.length : stop
      return { cell: cell + line.slice(close + 1, end), end }
    }
    cell += '"'
    at = close + 2
  }
}

/** Cells of a row; `open` is the text of a last one whose quote is still open at the end of the line. */
type Cells = { cells: string[]; open?: string }

/** The cells of a line; a quote counts only at the start of a cell. `before`: the row began on an earlier line. */
function cellsOf(line: string, before?: Cells): Cells {
  const cells = before?.cells ?? []
  let at = 0
  let inside = before?.open
  for (;;) {
    const start = at + (/^[ \t]*/.exec(line.slice(at, at + 64))?.[0].length ?? 0)
    if (inside !== undefined || line[start] === '"') {
      const { cell, end } = quoted(line, inside === undefined ? start + 1 : 0)
      const text = inside === undefined ? cell : `${inside}\n${cell}`
      if (end === undefined) return { cells, open: text }
      cells.push(text.trim())
      inside = undefined
      at = end
    } else {
      const stop = line.indexOf(';', at)
      const end = stop < 0 ? line.length : stop
      cells.push(line.slice(at, end).trim())
      at = end
    }
    if (at >= line.length) return { cells }
    at += 1
  }
}

/** All rows with something in them. A quoted cell may run over several lines. */
export function readRows(text: string): Result<Row[], PabulibProblem> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const rows: Row[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const first = at
    const line = lines[at] ?? ''
    let cells: string[]
    if (!line.includes('"')) cells = line.split(';').map((cell) => cell.trim())
    else {
      let read = cellsOf(line)
      const openAt = read.cells.length + 1
      while (read.open !== undefined) {
        at += 1
        const next = lines[at]
        if (next === undefined) return fail({ kind: 'quote-open', line: first + 1, column: openAt })
        read = cellsOf(next, read)
      }
      cells = read.cells
    }
    if (cells.some((cell) => cell !== '')) rows.push({ line: first + 1, cells })
  }
  return ok(rows)
}

function titleOf({ cells }: Row): Section | undefined {
  const [title = ''] = cells
  const found = sections.find(({ length }) => length === title.length) && title.toUpperCase()
  const section = found ? sections.find((one) => one === found) : undefined
  return section && cells.every((cell, at) => at === 0 || cell === '') ? section : undefined
}

/** Cuts the rows into the three sections, each with its header. */
export function readTables(text: string): Result<Record<Section, Table>, PabulibProblem> {
  const rows = readRows(text)
  if (!rows.ok) return rows
  const found: Partial<Record<Section, { line: number; rows: Row[] }>> = {}
  let current: Row[] | undefined
  for (const row of rows.value) {
    const title = titleOf(row)
    if (title && found[title]) return fail({ kind: 'section-twice', line: row.line, column: 1, found: title })
    if (title) {
      current = []
      found[title] = { line: row.line, rows: current }
    } else if (current) current.push(row)
    else return fail({ kind: 'text-before-meta', line: row.line, column: 1, found: row.cells[0] ?? '' })
  }
  const tableOf = (section: Section): Result<Table, PabulibProblem> => {
    const part = found[section]
    if (!part)
      return fail({ kind: 'no-section', line: rows.value.at(-1)?.line ?? 1, column: 1, field: section })
    const [header, ...body] = part.rows
    if (!header) return fail({ kind: 'no-header', line: part.line, column: 1, field: section })
    const names = header.cells.map((cell) => cell.toLowerCase())
    return ok({ header: names, headerLine: header.line, rows: body })
  }
  const META = tableOf('META')
  if (!META.ok) return META
  const PROJECTS = tableOf('PROJECTS')
  if (!PROJECTS.ok) return PROJECTS
  const VOTES = tableOf('VOTES')
  if (!VOTES.ok) return VOTES
  return ok({ META: META.value, PROJECTS: PROJECTS.value, VOTES: VOTES.value })
}
