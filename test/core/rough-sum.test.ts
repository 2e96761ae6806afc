// A rough cost is understood however people write it, and what is no sum is not guessed.
import { expect, test } from 'vitest'
import { readRoughSum } from '../../src/core/rough-sum.ts'

test.each([
  ['500000', 500_000],
  ['500 000', 500_000],
  ['500\u00a0000 ₸', 500_000],
  ['1.500.000', 1_500_000],
  ['150.000 тг', 150_000],
  ['500 мың', 500_000],
  ['500мың теңге', 500_000],
  ['500 тыс.', 500_000],
  ['500 тысяч тенге', 500_000],
  ['800к', 800_000],
  ['1,5 млн', 1_500_000],
  ['1.5 миллиона', 1_500_000],
  ['2 млн 300 тыс', 2_300_000],
  ['шамамен 2 млн', 2_000_000],
  ['около 700 000 тенге', 700_000],
  ['~ 3 million', 3_000_000],
  ['１２００００', 120_000],
  ['2,75 млрд', 2_750_000_000],
])('“%s” is understood', (text, sum) => {
  expect(readRoughSum(text)).toBe(sum)
})

test.each([
  '',
  '0',
  'көп',
  'не знаю',
  '5 лет',
  '1,5,5',
  '300 тыс 2 млн',
  '-500',
  '99999999999999999999',
  '10 20',
])('“%s” is no sum', (text) => {
  expect(readRoughSum(text)).toBeUndefined()
})
