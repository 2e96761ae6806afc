// The META section of a .pb file: what the count needs, typed; the rest as it stands.
import type { PabulibMeta, VoteType } from './pabulib-file.ts'
import type { Cell, Reader } from './pabulib-reader.ts'
import type { Row, Table } from './pabulib-table.ts'

const voteTypes: readonly VoteType[] = ['approval', 'choose-1', 'cumulative', 'ordinal', 'scoring']

/** The text of a key, if the file has it. */
export const metaText = (meta: PabulibMeta, key: string): string | undefined =>
  meta.entries.find(([name]) => name === key)?.[1]

/** A whole number under a key; undefined when absent or not a whole number. */
export function metaNumber(meta: PabulibMeta, key: string): number | undefined {
  const text = metaText(meta, key)
  return text !== undefined && /^-?\d+(\.0*)?$/.test(text) ? Number(text) : undefined
}

/** Reads META and compares the stated numbers of rows with those found: a file that was cut short shows. */
export function readMeta(
  reader: Reader,
  table: Table,
  found: { projects: number; votes: number },
): PabulibMeta | undefined {
  const rows = new Map<string, Row>()
  const entries: [string, string][] = []
  const cell = (row: Row): Cell => ({
    // An unquoted `;` inside a value (comments have them) belongs to the value.
    text: row.cells.slice(1, row.cells.findLastIndex((text) => text !== '') + 1).join(';'),
    line: row.line,
    column: 2,
    field: (row.cells[0] ?? '').toLowerCase(),
  })
  for (const row of table.rows) {
    const { field, text } = cell(row)
    if (rows.has(field)) reader.problem('key-twice', { ...cell(row), column: 1 })
    rows.set(field, row)
    entries.push([field, text])
  }
  const needed = (key: string): Cell => {
    const row = rows.get(key)
    if (row) return cell(row)
    const missing = { text: '', line: table.headerLine, column: 1, field: key }
    reader.problem('no-key', missing)
    return missing
  }
  const stated = (key: string, count: number) => {
    const row = rows.get(key)
    if (row && reader.whole(cell(row)) !== count) reader.problem('count-differs', cell(row))
  }
  stated('num_projects', found.projects)
  stated('num_votes', found.votes)
  const budgetCell = needed('budget')
  const budget = reader.money(budgetCell)
  if (rows.has('budget') && budgetCell.text === '') reader.problem('empty-cell', budgetCell)
  const typeCell = needed('vote_type')
  const voteType = voteTypes.find((type) => type === typeCell.text.toLowerCase())
  if (rows.has('vote_type') && !voteType) reader.problem('bad-vote-type', typeCell)
  const rule = rows.get('rule')
  return voteType && { budget, voteType, rule: rule ? cell(rule).text.toLowerCase() : 'unknown', entries }
}
