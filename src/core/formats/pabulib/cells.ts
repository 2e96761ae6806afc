// Reads the cells of one section of a .pb file; what is wrong is noted with line and column, never thrown.
import { isMoney, type Money } from '../../money.ts'
import type { PabulibNote, PabulibProblem } from './file.ts'
import type { Row, Table } from './table.ts'

export type Cell = {
  readonly text: string
  readonly line: number
  readonly column: number
  readonly field: string
}

export type Reader = {
  /** The cell of a column; empty where the row or the table has none. */
  cell(row: Row, name: string): Cell
  /** The same, and a problem when it is empty. */
  needed(row: Row, name: string): Cell
  /** A problem for each column that the header lacks or has twice. */
  columns(names: readonly string[]): void
  /** A problem when the row has more cells than the header. */
  overrun(row: Row): void
  /** An amount in the parts that the file is read in: units, or hundredths and the like where it has fractions. */
  money(cell: Cell): Money
  /** A count: whole, not below zero (`12`, `12.0`). */
  whole(cell: Cell): number
  /** Points: whole, possibly below zero. */
  points(cell: Cell): number
  others(row: Row, known: ReadonlySet<string>): Record<string, string> | undefined
  problem(kind: PabulibProblem['kind'], cell: Cell, found?: string): void
  note(kind: PabulibNote['kind'], cell: Cell, found: string): void
}

/** So many problems, and so many notes, are kept. */
const MOST = 100

const decimal = /^([+-]?)(\d+)(?:[.,](\d*))?$/

/** `1,000` and `1.000`: a thousand to some and one to others. */
const thousands = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/

/** A decimal number cut to its whole part; `fraction` tells whether something was cut. Undefined for what could be a thousand or one. */
export function wholePart(text: string): { value: number; fraction: boolean } | undefined {
  if (thousands.test(text)) return undefined
  const [, sign, digits, rest] = decimal.exec(text) ?? []
  if (digits === undefined) return undefined
  const value = Number(digits)
  if (!Number.isSafeInteger(value)) return undefined
  return { value: sign === '-' && value !== 0 ? -value : value, fraction: /[1-9]/.test(rest ?? '') }
}

/** Finer parts of a unit than these are refused. */
const FINEST = 6

/**
 * An amount of the file in parts of a unit, `scale` (1, 10, 100 …) to one: exact. Undefined for what has finer parts, is below zero, or is no
 * amount.
 */
export function amountOf(text: string, scale: number): Money | undefined {
  const places = decimalsOf(text)
  if (places === undefined || 10 ** places > scale) return undefined
  const [whole = '', parts = ''] = text.replace(/^[+-]/, '').split(/[.,]/)
  const value = Number(whole) * scale + Number(parts.slice(0, places)) * (scale / 10 ** places)
  return isMoney(value) && (!text.startsWith('-') || value === 0) ? value : undefined
}

/** How many parts of a unit these amounts need: cut to whole units, another outcome could come of them. */
export const scaleOf = (amounts: readonly string[]): number =>
  10 ** Math.min(FINEST, Math.max(0, ...amounts.map((text) => decimalsOf(text) ?? 0)))

/** Decimals that say something: two of `12.50` say one. */
function decimalsOf(text: string): number | undefined {
  if (thousands.test(text)) return undefined
  const [, , digits, rest = ''] = decimal.exec(text) ?? []
  return digits === undefined ? undefined : rest.replace(/0+$/, '').length
}

/** A reader of a table with this header that appends to `problems` and `notes`. */
export function readerOf(table: Table, problems: PabulibProblem[], notes: PabulibNote[], scale = 1): Reader {
  const place = new Map<string, number>()
  table.header.forEach((name, at) => {
    if (!place.has(name)) place.set(name, at)
  })
  const cell = (row: Row, name: string): Cell => {
    const at = place.get(name)
    return {
      text: (at === undefined ? '' : row.cells[at]) ?? '',
      line: row.line,
      column: (at ?? -1) + 1,
      field: name,
    }
  }
  const extras = new Map<ReadonlySet<string>, (readonly [name: string, at: number])[]>()
  const extrasOf = (known: ReadonlySet<string>) => {
    const found =
      extras.get(known) ??
      table.header.flatMap((name, at) => (name === '' || known.has(name) ? [] : [[name, at] as const]))
    extras.set(known, found)
    return found
  }
  const problem: Reader['problem'] = (kind, { line, column, field, text }, found = text) => {
    if (problems.length < MOST) problems.push({ kind, line, column, field, found })
  }
  const note: Reader['note'] = (kind, { line, column }, found) => {
    if (notes.length < MOST) notes.push({ kind, line, column, found })
  }
  return {
    cell,
    problem,
    note,
    needed(row, name) {
      const found = cell(row, name)
      if (found.text === '') problem('empty-cell', found)
      return found
    },
    columns(names) {
      const at = { text: '', line: table.headerLine }
      for (const name of names) {
        if (!place.has(name)) problem('no-column', { ...at, column: 1, field: name })
      }
      table.header.forEach((name, column) => {
        if (name !== '' && place.get(name) !== column)
          problem('column-twice', { ...at, column: column + 1, field: name })
      })
    },
    overrun({ cells, line }) {
      if (cells.length <= table.header.length) return
      const extra = cells.findIndex((text, column) => text !== '' && column >= table.header.length)
      const text = cells[extra]
      if (text !== undefined) problem('too-many-cells', { text, line, column: extra + 1, field: '' })
    },
    money(from) {
      const amount = amountOf(from.text, scale)
      if (amount === undefined && from.text !== '') problem('bad-money', from)
      return amount ?? 0
    },
    whole(from) {
      const read = wholePart(from.text)
      if (!read || read.fraction || read.value < 0) problem('bad-number', from)
      return read?.value ?? 0
    },
    points(from) {
      const read = wholePart(from.text)
      if (!read) problem('bad-number', from)
      else if (read.fraction) problem('points-not-whole', from)
      return read?.value ?? 0
    },
    others(row, known) {
      const columns = extrasOf(known)
      if (columns.length === 0) return undefined
      const more = columns.flatMap(([name, at]) => {
        const text = row.cells[at] ?? ''
        return text === '' ? [] : [[name, text] as const]
      })
      return more.length > 0 ? Object.fromEntries(more) : undefined
    },
  }
}
