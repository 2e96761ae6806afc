// What officials type while they draw up a cycle, in the ways people write sums, dates and places.
import { describe, expect, test } from 'vitest'
import { readCeiling, readDesk, readPlaceLines, readTwoLanguages } from '../../src/core/cycle-draft.ts'
import { isCycleName } from '../../src/core/cycle.ts'
import { cycleNameOf } from '../../src/core/cycle-name.ts'
import { readTypedClock } from '../../src/core/zone.ts'

test.each([
  ['Баршатас; 6 000 000', 'Баршатас', [6_000_000]],
  ['Баршатас 6000000', 'Баршатас', [6_000_000]],
  ['Баршатас — 6 000 000 тг', 'Баршатас', [6_000_000]],
  ['Баршатас: 6\u00a0000\u00a0000 ₸', 'Баршатас', [6_000_000]],
  ['Қызыл ту, 950 000 теңге', 'Қызыл ту', [950_000]],
  ['103651100 6 000 000', '103651100', [6_000_000]],
  ['103651100; 6000000,00', '103651100', [6_000_000]],
  ['Баршатас', 'Баршатас', []],
  ['103651100', '103651100', []],
  ['Баршатас; 6,000', 'Баршатас', []],
  ['Баршатас; много', 'Баршатас', []],
])('%s is a place and its sum', (line, place, sums) => {
  expect(readPlaceLines(line)).toEqual([{ line: 1, place, sums }])
})

test('of several pots each has its sum, and blank lines are none', () => {
  expect(readPlaceLines('Баршатас; 6 000 000; 2 000 000\n\nАқшатау; 1; 2\nМедеу; 5', 2)).toEqual([
    { line: 1, place: 'Баршатас', sums: [6_000_000, 2_000_000] },
    { line: 2, place: 'Ақшатау', sums: [1, 2] },
    { line: 3, place: 'Медеу', sums: [] },
  ])
})

test('a title has two lines, a desk has four', () => {
  expect(readTwoLanguages('  Ауыл\n\nСело ', 20)).toEqual({ kk: 'Ауыл', ru: 'Село' })
  for (const text of ['Ауыл', 'Ауыл\nСело\nVillage', `${'а'.repeat(21)}\nСело`])
    expect(readTwoLanguages(text, 20)).toBeUndefined()
  expect(readDesk('Әкімдік\nАкимат\n9–18\n+7 700 000 00 00')).toMatchObject({ hours: '9–18' })
  for (const text of ['Әкімдік\nАкимат\n9–18', 'Әкімдік\nАкимат\n9–18\nнет телефона'])
    expect(readDesk(text)).toBeUndefined()
})

test('a ceiling stands in tenge or in monthly indexes of a year whose index is known', () => {
  expect(readCeiling('6 487 500', 2026)).toBe(6_487_500)
  for (const text of ['1500 МРП', '1500 аек', '1500MCI']) expect(readCeiling(text, 2026)).toBe(6_487_500)
  expect(readCeiling('1500 МРП', 2025)).toBe(5_898_000)
  expect(readCeiling('1500 МРП', 2031)).toBeUndefined()
  expect(readCeiling('дорого', 2026)).toBeUndefined()
})

test.each([
  '5.03.2027 18:00',
  '05.3.2027 18.00',
  '5/03/2027, 18:00',
  '05.03.2027 г. 18:00',
  '2027-03-05 18:00',
])('%s is the fifth of March at six in the evening', (text) => {
  expect(readTypedClock(text)).toBe('2027-03-05T13:00:00.000Z')
})
test.each(['завтра', '5.03.2027', '31.02.2027 10:00', '5.13.2027 10:00', '5.03.2027 25:00', '5.03.27 10:00'])(
  '%s is no date with a time',
  (text) => {
    expect(readTypedClock(text)).toBeUndefined()
  },
)

describe('a short name', () => {
  test('follows the title in Latin letters, and tells cycles of one title apart', () => {
    expect(cycleNameOf('Баршатас: бюджет 2027')).toBe('barshatas-byudzhet-2027')
    expect(cycleNameOf('Баршатас: бюджет 2027', 3)).toBe('barshatas-byudzhet-2027-3')
    expect(cycleNameOf('Ұлытау ауданы')).toBe('ulytau-audany')
    expect(cycleNameOf('Баршатас: бюджет народного участия 2027')).toBe(
      'barshatas-byudzhet-narodnogo-uchastiya',
    )
  })
  test('is one that a cycle may have, whatever the title', () => {
    for (const title of ['', '2027', 'ключ', 'key', '—', 'я'.repeat(200), 'Щ'.repeat(48), '预算'])
      for (const n of [1, 50]) expect(isCycleName(cycleNameOf(title, n)), `${title} ${n}`).toBe(true)
  })
})
