// Marks: what the session store keeps of an unsent ballot says the same choices again.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Choice } from '../../src/core/ballots/ballot-type.ts'
import { choiceOf, choicesOf, markOf } from '../../src/core/ballots/marks.ts'

test('a mark is the project, with points behind a sign', () => {
  expect(markOf({ project: 'well' })).toBe('well')
  expect(markOf({ project: 'well', points: 3 })).toBe('well=3')
  expect(choicesOf(['park', 'well=3', 'lamps=-1', 'bridge=0'])).toEqual([
    { project: 'park' },
    { project: 'well', points: 3 },
    { project: 'lamps', points: -1 },
    { project: 'bridge', points: 0 },
  ])
})

test('the order in which projects were ranked is kept', () => {
  const ranked = ['park', 'bridge', 'well'].map((project) => ({ project }))
  expect(choicesOf(ranked.map(markOf))).toEqual(ranked)
})

test('what stands behind the sign and is no whole number gives no points', () => {
  for (const mark of ['well=x', 'well=01', 'well=1.5', 'well=-0', 'well=1e3'])
    expect(choiceOf(mark), mark).toEqual({ project: mark })
})

const ids = fc.constantFrom('well', 'a=1', 'a', 'a=', '=', 'a=1=', 'су=2', '7', '-3', '=0')
const choices = fc.record(
  { project: ids, points: fc.integer({ min: -1000, max: 1000 }) },
  { requiredKeys: ['project'] },
)

test('whatever is chosen is read back from its mark, an id that holds the sign too', () => {
  fc.assert(
    fc.property(fc.array(choices), (given: Choice[]) => {
      expect(choicesOf(given.map(markOf))).toEqual(given)
    }),
    { numRuns: 500, seed: 4 },
  )
})
