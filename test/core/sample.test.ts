// Which ballots are opened again before observers: the dice and the log say, and nobody else.
import { expect, test } from 'vitest'
import { drawSample, MOST_SAMPLED } from '../../src/core/audit/sample.ts'

const root = new Uint8Array(32).fill(7)
const ballots = (count: number, village = '11', from = 0) =>
  Array.from({ length: count }, (_, n) => ({ seq: from + n, village }))

test('a tenth of the ballots is drawn, three hundred at most, the same whoever draws', () => {
  expect(drawSample('1234561234', root, ballots(99))).toHaveLength(9)
  expect(drawSample('1234561234', root, ballots(5_000))).toHaveLength(MOST_SAMPLED)
  const once = drawSample('1234561234', root, ballots(99))
  expect(drawSample('1234561234', root, ballots(99).toReversed())).toEqual(once)
  expect(once).toEqual(once.toSorted((a, b) => a - b))
  expect(drawSample('1234561235', root, ballots(99))).not.toEqual(once)
  expect(drawSample('1234561234', new Uint8Array(32), ballots(99))).not.toEqual(once)
})

test('a village where few voted is never opened', () => {
  expect(drawSample('1234561234', root, ballots(9))).toEqual([])
  const drawn = drawSample('1234561234', root, [...ballots(9, '12', 1_000), ...ballots(40)])
  expect(drawn).toHaveLength(4)
  expect(Math.max(...drawn)).toBeLessThan(40)
})
