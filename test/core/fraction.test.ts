// Exact fractions: what they are written as, and the double nearest to them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compareFractions,
  floorOf,
  fraction,
  fractionFrom,
  fractionText,
  toDouble,
} from '../../src/core/counting/fraction.ts'

test('a third is written as a third, and read again', () => {
  expect(fractionText(fraction(1000n, 3n))).toBe('1000/3')
  expect(fractionText(fraction(50_000n, 2n))).toBe('25000')
  expect(fractionFrom('1000/3')).toEqual({ num: 1000n, den: 3n })
  for (const text of ['', '1/0', '1.5', '1/-2', '1/2/3', ' 1']) expect(fractionFrom(text)).toBeUndefined()
})

test('fractions that doubles cannot tell apart are told apart', () => {
  const huge = 10n ** 40n
  expect(compareFractions(fraction(huge + 1n, huge), fraction(1n))).toBe(1)
  expect(toDouble(huge + 1n, huge)).toBe(1)
})

test('rounding down goes down below zero too', () => {
  expect([floorOf(fraction(7n, 2n)), floorOf(fraction(-7n, 2n)), floorOf(fraction(-4n, 2n))]).toEqual([
    3n,
    -4n,
    -2n,
  ])
})

test('the double of a fraction is within its stated error, however long the numbers', () => {
  const long = fc.bigInt({ min: 1n, max: 10n ** 400n })
  fc.assert(
    fc.property(long, long, (num, factor) => {
      const den = factor / 10n ** 100n + 1n
      const near = toDouble(num, den)
      if (near > 1e300 || near < 1e-200) return
      // near as an exact fraction: m × 2^e
      const scale = 2n ** 800n
      const low = BigInt(Math.floor(near >= 2 ** 53 ? near : near * 2 ** 52))
      const exact = near >= 2 ** 53 ? low * scale : (low * scale) / 2n ** 52n
      const gap = (num * scale) / den - exact
      const allowed = (num * scale) / den / 2n ** 50n + scale / 2n ** 50n
      expect(gap < 0n ? -gap <= allowed : gap <= allowed).toBe(true)
    }),
    { numRuns: 300, seed: 9 },
  )
})
