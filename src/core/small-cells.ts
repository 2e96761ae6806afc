// Parts of a whole as they may be shown: small ones are left out, and none that a subtraction would give away.
import { FEWEST_SHOWN, type ShownCell } from './needs.ts'

/**
 * People by part of a whole that is told too. A part of fewer than ten is left out; where the left-out parts together could still be told by
 * subtraction as fewer than ten, the smallest other part goes as well. A single part is the whole itself, and nobody is told from 0.
 * `without`: parts, by their place, that are left out whatever they are.
 */
export function shownParts(parts: readonly number[], without: ReadonlySet<number> = new Set()): ShownCell[] {
  const people = parts.filter((part) => part > 0)
  if (people.length <= 1) return parts.map((part, at) => (without.has(at) ? null : part))
  const small = parts.flatMap((part, at) => (part > 0 && part < FEWEST_SHOWN ? [at] : []))
  const hidden = new Set([...without, ...small])
  const others = () =>
    parts.flatMap((part, at) => (part > 0 && !hidden.has(at) ? [at] : [])).toSorted((a, b) => at(a) - at(b))
  const at = (index: number) => parts[index] ?? 0
  // Of one left-out part a subtraction gives it whole; of several that are few together, that few did all of it.
  const isTold = () =>
    hidden.size === 1 || [...hidden].reduce((sum, index) => sum + at(index), 0) < FEWEST_SHOWN
  while (hidden.size > 0 && isTold()) {
    const [next] = others()
    if (next === undefined) break
    hidden.add(next)
  }
  return parts.map((part, index) => (hidden.has(index) ? null : part))
}

/** Whether a part, beside its whole, tells that fewer than ten are missing to it. */
export const tellsRest = (whole: number, part: number): boolean => whole > part && whole - part < FEWEST_SHOWN

/**
 * Rows of people by part, where each row's sum is told elsewhere and each column is told with its own: cells as they may be shown, left out
 * until neither a row nor a column tells one that is.
 */
export function shownTable(rows: readonly (readonly number[])[]): {
  cells: ShownCell[][]
  sums: (number | undefined)[]
} {
  const width = rows[0]?.length ?? 0
  const column = (at: number) => rows.map((row) => row[at] ?? 0)
  const hidden = rows.map(() => new Set<number>())
  const count = () => hidden.reduce((all, one) => all + one.size, 0)
  const hideIn = (row: number, at: number, cell: ShownCell | undefined) => {
    if (cell === null) hidden[row]?.add(at)
  }
  for (let before = -1; before !== count(); ) {
    before = count()
    for (const [row, parts] of rows.entries())
      for (const [at, cell] of shownParts(parts, hidden[row]).entries()) hideIn(row, at, cell)
    for (let at = 0; at < width; at++) {
      const without = new Set(rows.flatMap((_, row) => (hidden[row]?.has(at) ? [row] : [])))
      for (const [row, cell] of shownColumn(column(at), without).cells.entries()) hideIn(row, at, cell)
    }
  }
  const kept = Array.from({ length: width }, (_, at) =>
    shownColumn(column(at), new Set(rows.flatMap((_, row) => (hidden[row]?.has(at) ? [row] : [])))),
  )
  const totals = Array.from({ length: width }, (_, at) => column(at).reduce((all, one) => all + one, 0))
  const untold = new Set(kept.flatMap(({ sum }, at) => (sum === undefined ? [at] : [])))
  const sums = shownParts(totals, untold)
  return {
    cells: rows.map((parts, row) => parts.map((part, at) => (hidden[row]?.has(at) ? null : part))),
    sums: sums.map((sum) => sum ?? undefined),
  }
}

/** A column of a table with its sum: every small number and those `without` are left out, and the sum too where it would tell one. */
export function shownColumn(
  parts: readonly number[],
  without?: ReadonlySet<number>,
): { cells: ShownCell[]; sum: number | undefined } {
  const cells = shownParts(parts, without).map((cell) =>
    cell !== null && cell > 0 && cell < FEWEST_SHOWN ? null : cell,
  )
  const hidden = parts.filter((_, at) => cells[at] === null)
  const people = hidden.reduce((all, one) => all + one, 0)
  const sum = parts.reduce((all, one) => all + one, 0)
  return {
    cells,
    sum: hidden.length === 0 || (hidden.length > 1 && people >= FEWEST_SHOWN) ? sum : undefined,
  }
}
