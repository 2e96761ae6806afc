// The akimat's list as spreadsheets and people make it: headings, titles, separators, totals, lost letters, misspelt villages.
import { describe, expect, test } from 'vitest'
import { decodeText } from '../../src/core/formats/encoding.ts'
import { readRoll, ROLL_HEADINGS } from '../../src/core/roll.ts'

const villages = [
  { id: '1', kato: '104673100', name: { kk: 'Мақаншы', ru: 'Маканчи' } },
  { id: '2', kato: '103651100', name: { kk: 'Баршатас', ru: 'Баршатас' } },
]
const read = (...lines: string[]) => readRoll(lines.join('\r\n'), { villages })
const rows = [
  { village: '1', register: 1 },
  { village: '2', register: 2 },
]

describe('headings', () => {
  test.each(ROLL_HEADINGS.register.map((name) => [name]))('the register number may be called %s', (name) => {
    const list = read(`Ауыл;${name}`, 'Мақаншы;1', 'Баршатас;2')
    expect(list).toMatchObject({ ok: true, value: { rows } })
  })

  test.each(ROLL_HEADINGS.village.map((name) => [name]))('the village may be called %s', (name) => {
    expect(read(`${name.toUpperCase()};№`, 'Мақаншы;1', 'Баршатас;2')).toMatchObject({
      ok: true,
      value: { rows },
    })
  })

  test('a heading that is not known is answered with those that were found', () => {
    expect(read('Ауыл;Қатар саны;Аты-жөні', 'Мақаншы;1;А')).toEqual({
      ok: false,
      problem: [
        { kind: 'missing-column', line: 1, column: 'register', found: ['Ауыл', 'Қатар саны', 'Аты-жөні'] },
      ],
    })
  })

  test('a column that only numbers the lines does not stand in the way of the register number', () => {
    expect(read('№ п/п;Село;Номер в реестре', '1;Маканчи;1', '2;Баршатас;2')).toMatchObject({
      ok: true,
      value: { rows, ignored: ['№ п/п'] },
    })
  })
})

test('title rows may stand above the headings, padded or not, and lines are counted with them', () => {
  const titled = ['Дауыс берушілер тізімі, 2026 жыл', '', 'Маканчинский сельский округ;;', 'Ауыл;Р/с №']
  expect(read(...titled, 'Мақаншы;1', 'Баршатас;2')).toMatchObject({ ok: true, value: { rows } })
  expect(read(...titled, 'Мақаншы;x')).toEqual({
    ok: false,
    problem: [{ kind: 'not-a-number', line: 5, value: 'x' }],
  })
})

test.each([
  ['sep=;', ';', ['sep=;']],
  ['sep=,', ',', ['sep=,']],
  ['tabs', '\t', []],
  ['bars', '|', []],
  ['tabs below a title with commas', '\t', ['Тізім, ауылдар, нөмірлер']],
])('%s', (_, by, above) => {
  const lines = [
    ['Ауыл', 'Тіркеу нөмірі'],
    ['Мақаншы', '1'],
    ['Баршатас', '2'],
  ].map((cells) => cells.join(by))
  expect(read(...above, ...lines)).toMatchObject({ ok: true, value: { rows } })
})

test('the "Unicode text" of Excel, UTF-16 with tabs, is read', () => {
  const bytes = Buffer.from('\uFEFFАуыл\tР/с №\r\nМақаншы\t1\r\nБаршатас\t2\r\n', 'utf16le')
  expect(readRoll(decodeText(bytes).text, { villages })).toMatchObject({ ok: true, value: { rows } })
})

test('rows that a spreadsheet pads with empty cells are whole; a cell too many that says something is a fault', () => {
  expect(read('Ауыл;№', 'Мақаншы;1;;', 'Баршатас;2;')).toMatchObject({ ok: true, value: { rows } })
  expect(read('Ауыл;№', 'Мақаншы;1;5')).toMatchObject({ problem: [{ kind: 'wrong-cell-count', line: 2 }] })
})

test.each(['Барлығы;2', 'Жиыны: ;2', 'ИТОГО;2', 'Всего по округу;2', 'Total;2', ';;\r\nИтого:;'])(
  'a total at the end (%s) is left out and told, never taken for a village',
  (total) => {
    const list = read('Ауыл;№', 'Мақаншы;1', 'Баршатас;2', total)
    expect(list).toMatchObject({ ok: true, value: { rows, totals: [expect.any(Number)] } })
  },
)

test('a total in the middle is a line that names no village', () => {
  expect(read('Ауыл;№', 'Мақаншы;1', 'Итого;1', 'Баршатас;2')).toMatchObject({
    problem: [{ kind: 'unknown-village', line: 3 }],
  })
})

test('letters that the page of the spreadsheet does not have are told as lost, in the heading and in a row', () => {
  expect(read('Ауыл;Т?ркеу н?м?р?', 'Ма?аншы;1')).toEqual({
    ok: false,
    problem: [{ kind: 'lost-letters', line: 1, value: 'Т?ркеу н?м?р?' }],
  })
  expect(read('Село;№', 'Ма?аншы;1')).toEqual({
    ok: false,
    problem: [{ kind: 'lost-letters', line: 2, value: 'Ма?аншы' }],
  })
})

test('a misspelt village is answered with the one that is meant, a strange one with none', () => {
  expect(read('Ауыл;№', 'Макаши;1', 'Боршатас;2', 'Атлантида;3')).toEqual({
    ok: false,
    problem: [
      { kind: 'unknown-village', line: 2, value: 'Макаши', meant: 'Мақаншы' },
      { kind: 'unknown-village', line: 3, value: 'Боршатас', meant: 'Баршатас' },
      { kind: 'unknown-village', line: 4, value: 'Атлантида' },
    ],
  })
})
