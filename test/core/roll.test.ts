// The akimat's list: what is accepted, and what the official is told line by line.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ROLL_FORMAT, RollFile, readRoll } from '../../src/core/roll.ts'
import type { RollVillage } from '../../src/core/village-names.ts'

const villages: RollVillage[] = [
  { id: '11', kato: '103245100', name: { kk: 'Қарағайлы', ru: 'Карагайлы' } },
  { id: '12', kato: '103245300', name: { kk: 'Үңгір', ru: 'Унгир' } },
  { id: '13', kato: null, name: { kk: 'Ақжол', ru: 'Акжол' } },
  { id: '14', kato: '103247100', name: { kk: 'Ақсу', ru: 'Аксу' } },
  { id: '15', kato: '103249100', name: { kk: 'Ақсу', ru: 'Аксу' } },
]
const read = (csv: string, phones = true) => readRoll(csv, { villages, phones })
const rows = (csv: string) => {
  const roll = read(csv)
  return roll.ok ? roll.value.rows : roll.problem
}
const problems = (csv: string) => {
  const roll = read(csv)
  return roll.ok ? [] : roll.problem
}

describe('a list that is in order', () => {
  test.each([
    ['kk', 'ауыл;тізімдегі нөмірі;телефон\r\nҚарағайлы;7;8 (701) 234-56-78'],
    ['ru', 'село;номер в списке;телефон\r\nКарагайлы;7;+7 701 234 56 78'],
    ['en', 'village,register,phone\nКарагайлы,7,77012345678'],
    ['capitals, another order', '№ п/п;Телефон;СЕЛО\n7;7012345678;карагайлы'],
    ['a number sign with a space that holds', '№\u00a0п/п;телефон;село\n7;7012345678;Карагайлы'],
    ['a number sign with no space', '№п/п;телефон;село\n7;7012345678;Карагайлы'],
    ['KATO code', 'КАТО;№;тел.\n103 245 100;007;87012345678'],
    ['Kazakh on a Russian keyboard', 'Ауыл;Тизимдеги номири;Телефон\nКарагайлы ауылы;7;87012345678'],
    ['with the kind of the place', 'населенный пункт;номер;телефон\nс. Қарағайлы;7;87012345678'],
  ])('%s', (_, csv) => {
    expect(rows(csv)).toEqual([{ village: '11', register: 7, phone: '77012345678' }])
  })

  test('no phone is needed, in the column or at all', () => {
    expect(rows('село;номер;телефон\nУнгир;1;')).toEqual([{ village: '12', register: 1 }])
    expect(rows('село;номер\nУнгир;1')).toEqual([{ village: '12', register: 1 }])
  })

  test('names of people never get in: other columns are left out and said', () => {
    const roll = read('село;номер;ФИО;ИИН\nАкжол;1;Иванов;900101000000\n;;;')
    expect(roll).toEqual({
      ok: true,
      value: { rows: [{ village: '13', register: 1 }], ignored: ['ФИО', 'ИИН'], totals: [] },
    })
  })

  test('where cards are drawn the phone column is left out as well', () => {
    const roll = read('село;номер;телефон\nАкжол;1;not a phone', false)
    expect(roll).toEqual({
      ok: true,
      value: { rows: [{ village: '13', register: 1 }], ignored: ['телефон'], totals: [] },
    })
  })

  test('two rows may have one phone', () => {
    expect(rows('село;номер;телефон\nАкжол;1;87012345678\nАкжол;2;87012345678')).toHaveLength(2)
  })
})

describe('a list with mistakes', () => {
  test('all of them are told at once, by line', () => {
    const csv = [
      'село;номер;телефон',
      'Карагайлы;1;87012345678',
      'Неведомое;2;',
      'Унгир;два;+1 202 555 0100',
      'Карагайлы;01;',
      'Карагайлы;3',
      'Аксу;4;',
      'Унгир;-5;',
    ].join('\r\n')
    expect(problems(csv)).toEqual([
      { kind: 'unknown-village', line: 3, value: 'Неведомое' },
      { kind: 'not-a-number', line: 4, value: 'два' },
      { kind: 'bad-phone', line: 4 },
      { kind: 'doubled-row', line: 5, value: 'Карагайлы', register: 1, firstLine: 2 },
      { kind: 'wrong-cell-count', line: 6, column: 12, expected: 3, found: 2 },
      { kind: 'ambiguous-village', line: 7, value: 'Аксу' },
      { kind: 'not-a-number', line: 8, value: '-5' },
    ])
  })

  test('villages of one name are told apart by their KATO code', () => {
    expect(rows('село;номер\n103249100;4')).toEqual([{ village: '15', register: 4 }])
  })

  test('a missing column is named', () => {
    expect(problems('ФИО;телефон\nx;1')).toEqual([
      { kind: 'missing-column', line: 1, column: 'village', found: ['ФИО', 'телефон'] },
      { kind: 'missing-column', line: 1, column: 'register', found: ['ФИО', 'телефон'] },
    ])
  })

  test('two columns of one meaning are not guessed at', () => {
    expect(problems('село;аул;номер\nАкжол;Унгир;1')).toEqual([
      { kind: 'doubled-column', line: 1, column: 'village' },
    ])
  })

  test('a list without rows is a mistake', () => {
    expect(problems('\nсело;номер\n;\n')).toEqual([{ kind: 'no-rows', line: 2 }])
    expect(problems('')).toEqual([{ kind: 'empty', line: 1, column: 1 }])
  })

  test('a phone that is wrong is not repeated', () => {
    expect(JSON.stringify(problems('село;номер;телефон\nАкжол;1;8701234567890'))).not.toContain('8701')
  })

  test('any text ends in rows or in named problems with a line', () => {
    const cells = fc.constantFrom(
      'село',
      'номер',
      'Акжол',
      '1',
      '2',
      ';',
      ',',
      '\n',
      '"',
      ' ',
      'телефон',
      'x',
    )
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 30 }), (parts) => {
        for (const problem of problems(parts.join(''))) expect(problem.line).toBeGreaterThanOrEqual(1)
      }),
    )
  })
})

describe('the file for the server', () => {
  const rows = [{ village: '11', register: 1 }]
  const card = { serial: 1, village: '11', register: 1, code: '1234567890123456' }
  const file = (more: object) =>
    RollFile.safeParse({ format: ROLL_FORMAT, cycle: 'abai-2026', rows, ...more }).success

  test('rows, and cards that belong to them', () => {
    expect(file({})).toBe(true)
    expect(file({ cards: [card, { ...card, serial: 2, code: '6543210987654321' }] })).toBe(true)
  })

  test.each([
    ['another format', { format: 'dauys-roll-v2' }],
    ['no rows', { rows: [] }],
    ['a doubled row', { rows: [...rows, ...rows] }],
    ['a doubled code', { cards: [card, { ...card, serial: 2 }] }],
    ['a doubled serial', { cards: [card, { ...card, code: '6543210987654321' }] }],
    ['a card of nobody', { cards: [{ ...card, register: 2 }] }],
    ['a phone that is not normalised', { rows: [{ village: '11', register: 1, phone: '+77012345678' }] }],
  ])('not with %s', (_, more) => {
    expect(file(more)).toBe(false)
  })
})
