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
