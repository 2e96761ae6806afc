// Two ideas within a hundred metres of each other may be in each other's way; of different villages they never are.
import { expect, test } from 'vitest'
import { closePairs } from '../../src/core/idea-conflict.ts'

const at = (number: number | null, metres: number, territory = 1) => ({
  number,
  territory,
  lat: 48 + metres / 111_195,
  lon: 80,
})

test('pairs are told by their numbers, the smaller first', () => {
  expect(closePairs([at(7, 0), at(3, 99), at(5, 190), at(9, 101)])).toEqual([
    [3, 5],
    [3, 7],
    [3, 9],
    [5, 9],
  ])
})

test('drafts, ideas without a place and ideas of another village are in nobody’s way', () => {
  expect(closePairs([at(1, 0), at(null, 0), at(2, 0, 2), { ...at(3, 0), lat: null }])).toEqual([])
})
