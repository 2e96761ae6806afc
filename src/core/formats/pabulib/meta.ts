// The META section of a .pb file: what the count needs, typed; the rest as it stands.
import type { PabulibMeta } from './file.ts'
import { amountOf, type Cell, type Reader } from './cells.ts'
import type { Row, Table } from './table.ts'
import type { VoteType } from './words.ts'

const voteTypes: readonly VoteType[] = ['approval', 'choose-1', 'cumulative', 'ordinal', 'scoring']

/** The text of a key, if the file has it. */
export const metaText = (meta: PabulibMeta, key: string): string | undefined =>
  meta.entries.find(([name]) => name === key)?.[1]

/** A whole number under a key; undefined when absent or not a whole number. */
export function metaNumber(meta: PabulibMeta, key: string): number | undefined {
  const text = metaText(meta, key)
  return text !== undefined && /^-?\d+(\.0*)?$/.test(text) ? Number(text) : undefined
}

/** What the file says that a ballot may name: so many projects, and together of so much. */
export type BallotLimits = { least: number; most: number; mostCost: number }

export function limitsOf(meta: PabulibMeta): BallotLimits {
  const [least, most] = [metaNumber(meta, 'min_length') ?? 0, metaNumber(meta, 'max_length') ?? 0]
  const cost = amountOf(metaText(meta, 'max_sum_cost')?.trim() ?? '', meta.scale) ?? 0
  const orNone = (limit: number) => (limit > 0 ? limit : Number.POSITIVE_INFINITY)
  return { least, most: orNone(most), mostCost: orNone(cost) }
}

/** META as read, and how many rows it says are in the other sections. */
export type ReadMeta = { meta: PabulibMeta; stated: { num_projects?: Cell; num_votes?: Cell } }

/** Reads META. Undefined without a vote type that is known. */
export function readMeta(
  reader: Reader,
  table: Table,
  body: readonly Row[],
  scale: number,
): ReadMeta | undefined {
  const rows = new Map<string, Row>()
  const entries: [string, string][] = []
  const cell = (row: Row): Cell => ({
    // An unquoted `;` inside a value (comments have them) belongs to the value.
    text: row.cells.slice(1, row.cells.findLastIndex((text) => text !== '') + 1).join(';'),
    line: row.line,
    column: 2,
    field: (row.cells[0] ?? '').toLowerCase(),
  })
  for (const row of body) {
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
  const budgetCell = needed('budget')
  const budget = reader.money(budgetCell)
  if (rows.has('budget') && budgetCell.text === '') reader.problem('empty-cell', budgetCell)
  const typeCell = needed('vote_type')
  const voteType = voteTypes.find((type) => type === typeCell.text.toLowerCase())
  if (rows.has('vote_type') && !voteType) reader.problem('bad-vote-type', typeCell)
  if (!voteType) return undefined
  const found = (key: string): Cell | undefined => {
    const row = rows.get(key)
    return row && cell(row)
  }
  const [projects, votes] = [found('num_projects'), found('num_votes')]
  return {
    meta: { budget, scale, voteType, rule: found('rule')?.text.toLowerCase() ?? 'unknown', entries },
    stated: { ...(projects && { num_projects: projects }), ...(votes && { num_votes: votes }) },
  }
}

/** Compares a stated number of rows with those found: a file that was cut short shows. */
export function sameNumber(reader: Reader, stated: Cell | undefined, found: number): void {
  if (stated && reader.whole(stated) !== found) reader.problem('count-differs', stated)
}

/** Ballots of these types give points: their sum is what the rule goes by. */
export const hasPoints = ({ meta }: { meta: Pick<PabulibMeta, 'voteType'> }): boolean =>
  meta.voteType !== 'approval' && meta.voteType !== 'choose-1'
