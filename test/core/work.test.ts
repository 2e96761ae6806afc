// When a work is done: with photo and cost, once enough residents accept it or the days have passed, and never while two show that it is not.
import { expect, test } from 'vitest'
import { isLate, readDay, WORK_TERMS, type WorkFacts, workState } from '../../src/core/work.ts'

const BUILT = '2027-05-01T04:00:00.000Z'
const facts: WorkFacts = { photos: 1, cost: 900_000, builtAt: BUILT, accepted: 0, refused: 0 }
const state = (some: Partial<WorkFacts>, now = '2027-05-02T04:00:00.000Z') =>
  workState({ ...facts, ...some }, WORK_TERMS, now)

test('nobody said "built": it goes on, whatever residents would say', () => {
  expect(state({ builtAt: null, accepted: 9 })).toBe('going')
})

test('it is done when the third resident accepts it, and not before', () => {
  expect([0, 1, 2, 3].map((accepted) => state({ accepted }))).toEqual(['built', 'built', 'built', 'done'])
})

test('it is done when fourteen days have passed, to the millisecond', () => {
  expect(state({}, '2027-05-15T03:59:59.999Z')).toBe('built')
  expect(state({}, '2027-05-15T04:00:00.000Z')).toBe('done')
})

test('without a photo or a cost it is never done', () => {
  expect(state({ photos: 0, accepted: 9 }, '2027-06-30T00:00:00.000Z')).toBe('built')
  expect(state({ cost: null, accepted: 9 }, '2027-06-30T00:00:00.000Z')).toBe('built')
})

test('one who shows that it is not as promised disputes nothing, two do, whatever time passes and whoever accepts', () => {
  expect(state({ refused: 1 })).toBe('built')
  expect(state({ refused: 2 })).toBe('disputed')
  expect(state({ refused: 2, accepted: 9 }, '2027-06-30T00:00:00.000Z')).toBe('disputed')
})

test('a milestone is late when its planned day has ended in Kazakhstan', () => {
  const one = { planned: '2027-05-30', actual: null }
  expect(isLate(one, '2027-05-30T18:59:59.999Z')).toBe(false)
  expect(isLate(one, '2027-05-30T19:00:00.000Z')).toBe(true)
  expect(isLate({ ...one, actual: '2027-06-02' }, '2027-06-30T00:00:00.000Z')).toBe(false)
})

test.each([
  ['30.05.2027', '2027-05-30'],
  [' 3.5.2027 ', '2027-05-03'],
  ['2027-05-30', '2027-05-30'],
  ['31.02.2027', undefined],
  ['30.05.27', undefined],
  ['завтра', undefined],
])('the day %s', (text, day) => {
  expect(readDay(text)).toBe(day)
})
