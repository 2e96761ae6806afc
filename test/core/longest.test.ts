// The size of the box: no ballot that the terms allow is longer, so every ballot of a cycle fits the same one.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Choice } from '../../src/core/ballots/ballot-type.ts'
import { type BallotTerms, checkBallot, encodeBallot, longestBallot } from '../../src/core/ballots/index.ts'
import { utf8 } from '../../src/core/bytes.ts'

const list = (...ids: string[]) => ids.map((id, at) => ({ id, cost: (at + 1) * 100 }))

test('approval of two: the two longest ids and a comma, counted in bytes', () => {
  const projects = list('a', 'bbbb', 'ккк')
  expect(longestBallot({ kind: 'approval', min: 1, max: 2 }, projects)).toBe(6 + 1 + 4)
  expect(longestBallot({ kind: 'approval', min: 1, max: 9 }, projects)).toBe(6 + 1 + 4 + 1 + 1)
  expect(longestBallot({ kind: 'approval', min: 1, max: 3 }, [])).toBe(0)
})

const project = fc.record({
  id: fc.string({ unit: fc.constantFrom('a', '7', 'қ', '-', '€'), minLength: 1, maxLength: 9 }),
  cost: fc.integer({ min: 1, max: 500 }),
})
const projects = fc.uniqueArray(project, { selector: ({ id }) => id, minLength: 1, maxLength: 7 })
const terms: fc.Arbitrary<BallotTerms> = fc.oneof(
  fc.record({
    kind: fc.constant('approval' as const),
    min: fc.constant(0),
    max: fc.integer({ min: 1, max: 8 }),
  }),
  fc.record({
    kind: fc.constant('ranking' as const),
    min: fc.constant(0),
    max: fc.integer({ min: 1, max: 8 }),
  }),
  fc.constant({ kind: 'choose-1' as const }),
  fc.record({
    kind: fc.constant('knapsack' as const),
    min: fc.constant(0),
    budget: fc.integer({ min: 1, max: 900 }),
  }),
  fc.record({
    kind: fc.constant('points' as const),
    min: fc.constant(0),
    max: fc.integer({ min: 1, max: 8 }),
    least: fc.integer({ min: -20, max: 0 }),
    most: fc.integer({ min: 1, max: 120 }),
    minSum: fc.constant(-1000),
    maxSum: fc.constant(null),
    unlisted: fc.constant(0),
  }),
)

test('whatever is marked, no accepted ballot is longer', () => {
  let accepted = 0
  fc.assert(
    fc.property(projects, terms, fc.infiniteStream(fc.nat()), (frozen, ballot, chance) => {
      const draw = (limit: number) => (chance.next().value as number) % limit
      const choices: Choice[] = frozen
        .filter(() => draw(2) === 0)
        .map(({ id }) =>
          ballot.kind === 'points' ? { project: id, points: ballot.most - draw(3) * 60 } : { project: id },
        )
      const checked = checkBallot(choices, ballot, frozen)
      if (!checked.ok) return
      accepted++
      const length = utf8(encodeBallot(checked.value, ballot, frozen)).length
      expect(length).toBeLessThanOrEqual(longestBallot(ballot, frozen))
    }),
    { numRuns: 600 },
  )
  expect(accepted).toBeGreaterThan(100)
})
