// What may be shown of parts of a whole: no small number of people, and none that a subtraction gives away.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FEWEST_SHOWN } from '../../src/core/needs.ts'
import { shownColumn, shownParts, shownTable } from '../../src/core/small-cells.ts'

test('a small part takes the smallest other one with it; a whole of one part is told as it is', () => {
  expect(shownParts([100, 3, 20])).toEqual([100, null, null])
  expect(shownParts([100, 3, 4, 20])).toEqual([100, null, null, null])
  expect(shownParts([100, 6, 7])).toEqual([100, null, null])
  expect(shownParts([30, 0])).toEqual([30, 0])
  expect(shownParts([])).toEqual([])
})

test('a column keeps its sum only where that tells nobody', () => {
  expect(shownColumn([100, 20])).toEqual({ cells: [100, 20], sum: 120 })
  expect(shownColumn([100, 3, 20])).toEqual({ cells: [100, null, null], sum: 123 })
  expect(shownColumn([3, 0])).toEqual({ cells: [null, 0], sum: undefined })
  expect(shownColumn([3])).toEqual({ cells: [null], sum: undefined })
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 8 }), (parts) => {
      const { cells, sum } = shownColumn(parts)
      for (const [at, cell] of cells.entries()) {
        if (cell === null) continue
        expect(cell).toBe(parts[at])
        expect(cell === 0 || cell >= FEWEST_SHOWN).toBe(true)
      }
      const left = parts.filter((_, at) => cells[at] === null)
      if (sum === undefined || left.length === 0) return
      // By subtraction one learns only what several hold together, and that they are not few.
      expect(left.length).toBeGreaterThan(1)
      expect(left.reduce((all, one) => all + one, 0)).toBeGreaterThanOrEqual(FEWEST_SHOWN)
    }),
  )
})

test('of a table nothing small is told: no cell, none by the sum of its row, none by the sum of its column', () => {
  expect(
    shownTable([
      [100, 3, 20],
      [50, 40, 30],
    ]),
  ).toEqual({
    cells: [
      [100, null, null],
      [50, null, null],
    ],
    sums: [150, 43, 50],
  })
  expect(shownTable([[12, 0, 10]])).toEqual({ cells: [[12, 0, 10]], sums: [12, 0, 10] })
  expect(shownTable([])).toEqual({ cells: [], sums: [] })
  const row = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40))
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
      const { cells, sums } = shownTable(rows)
      const hidden = cells.map((own) => own.flatMap((cell, at) => (cell === null ? [at] : [])))
      for (const [at, own] of rows.entries()) {
        for (const cell of cells[at] ?? [])
          expect(cell === null || cell === 0 || cell >= FEWEST_SHOWN).toBe(true)
        // One that stands alone is the whole, which is told elsewhere.
        if (own.filter((part) => part > 0).length > 1) expect(hidden[at]).not.toHaveLength(1)
      }
      for (const [column, sum] of sums.entries())
        if (sum !== undefined) expect(hidden.filter((own) => own.includes(column))).not.toHaveLength(1)
    }),
  )
})
