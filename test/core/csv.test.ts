// CSV as spreadsheets write it, and what the official is told about a broken file.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCsv, scanCsv, writeCsv } from '../../src/core/formats/csv.ts'

const rowsOf = (text: string) => {
  const read = readCsv(text)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return read.value
}
const problemsOf = (text: string) => {
  const read = readCsv(text)
  return read.ok ? [] : read.problem
}

describe('reading', () => {
  test('the separator of the header holds for the file', () => {
    expect(rowsOf('село;номер\r\nАкку, дом 1;2').rows[0]?.cells).toEqual(['Акку, дом 1', '2'])
    expect(rowsOf('village,register\nAkku; north,2').rows[0]?.cells).toEqual(['Akku; north', '2'])
  })

  test('a separator inside a quoted header name does not count', () => {
    expect(rowsOf('"a, b, c";d\n1;2').header).toEqual(['a, b, c', 'd'])
  })

  test('a byte order mark is no part of the first name', () => {
    expect(rowsOf('\uFEFFсело;номер\nАкку;1').header).toEqual(['село', 'номер'])
  })

  test('doubled quotes are one quote, and a quote inside a word is only a quote', () => {
    expect(rowsOf('a;b\n"ТОО ""Жол""";ТОО "Су"').rows[0]?.cells).toEqual(['ТОО "Жол"', 'ТОО "Су"'])
  })

  test('a row after a cell with line breaks still has the line that the editor shows', () => {
    const { rows } = rowsOf('a;b\r\n"x\r\ny\nz";1\r\n\r\nc;2\rd;3')
    expect(rows).toEqual([
      { line: 2, cells: ['x\r\ny\nz', '1'] },
      { line: 6, cells: ['c', '2'] },
      { line: 7, cells: ['d', '3'] },
    ])
  })

  test('a quote that is never closed is named by the place where it was opened', () => {
    expect(problemsOf('a;b\n1;"two\n3;4\n')).toContainEqual({ kind: 'unclosed-quote', line: 2, column: 3 })
  })

  test('too many and too few cells are named by line and column', () => {
    expect(problemsOf('a;b\n1;2;3\n4\n5;6')).toEqual([
      { kind: 'wrong-cell-count', line: 2, column: 5, expected: 2, found: 3 },
      { kind: 'wrong-cell-count', line: 3, column: 2, expected: 2, found: 1 },
    ])
  })

  test('text behind a closing quote is named, not glued on', () => {
    expect(problemsOf('a;b\n"x"y;1')).toEqual([{ kind: 'text-after-quote', line: 2, column: 4 }])
    expect(problemsOf('a;b\n"x" ;1')).toEqual([])
  })

  test('an empty file is a problem, a header alone is not', () => {
    expect(problemsOf('\uFEFF\r\n\r\n')).toEqual([{ kind: 'empty', line: 1, column: 1 }])
    expect(rowsOf('a;b').rows).toEqual([])
  })

  test('the good rows of a broken file can be checked too', () => {
    expect(scanCsv('a;b\n1\n2;3').table.rows).toEqual([{ line: 3, cells: ['2', '3'] }])
  })
})

describe('writing', () => {
  test.each(['=1+1', '+7 777', '-5', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\0=1', '＝1'])(
    '%j is no formula',
    (cell) => {
      expect(writeCsv([[cell]])).toMatch(/^"?'/)
    },
  )

  test('a negative number gets the sign as well, a positive one does not', () => {
    expect(writeCsv([['x', -5, 5]])).toBe("x;'-5;5\r\n")
  })

  test('cells with separators, quotes and line breaks stay one cell', () => {
    expect(writeCsv([['a;b', 'c,d', 'e"f', 'g\nh']])).toBe('"a;b";"c,d";"e""f";"g\nh"\r\n')
  })

  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.stringMatching(/^['=+@;,"\r\n\t -]{0,6}$/),
    fc.constantFrom('Әғқ', '-12', "'=x", ''),
  )
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
    )

  test('whatever is written is read back as it was', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(';' as const, ',' as const), (rows, separator) => {
        const { header, rows: read } = rowsOf(writeCsv(rows, separator))
        expect([header, ...read.map((row) => row.cells)]).toEqual(rows)
      }),
    )
  })

  test('no written cell begins a formula', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const { table: raw } = scanCsv(writeCsv(rows).replace(/'/g, "''"))
        for (const written of [raw.header, ...raw.rows.map((row) => row.cells)].flat())
          expect(written).not.toMatch(/^[=+\-@\t\r\0]/)
      }),
    )
  })
})

test('a surplus cell behind a quoted line break is named where it stands', () => {
  expect(problemsOf('a,b\n"x\ny",1,2')).toEqual([
    { kind: 'wrong-cell-count', line: 3, column: 6, expected: 2, found: 3 },
  ])
})

test('any text gives rows or named problems inside the file', () => {
  const noise = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a;,"\r\n ]{0,40}$/))
  fc.assert(
    fc.property(noise, (text) => {
      const lines = text.split(/\r\n|\r|\n/)
      for (const problem of problemsOf(text)) {
        expect(['empty', 'unclosed-quote', 'text-after-quote', 'wrong-cell-count']).toContain(problem.kind)
        expect(problem.line).toBeGreaterThanOrEqual(1)
        expect(problem.line).toBeLessThanOrEqual(lines.length)
        expect(problem.column).toBeLessThanOrEqual((lines[problem.line - 1]?.length ?? 0) + 1)
      }
    }),
  )
})
