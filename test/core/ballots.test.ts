// Ballots: what may stand on one, and the single text that stands for it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ListedProject } from '../../src/core/ballots/ballot-type.ts'
import {
  type BallotTerms,
  ballotTermsSchema,
  checkBallot,
  decodeBallot,
  encodeBallot,
  utilitiesOf,
} from '../../src/core/ballots/index.ts'

const list: ListedProject[] = [
  { id: 'well', cost: 3_000_000 },
  { id: 'lamps', cost: 1_500_000 },
  { id: 'bridge', cost: 7_000_000 },
  { id: 'park', cost: 2_000_000 },
]
const upToThree: BallotTerms = { kind: 'approval', min: 1, max: 3 }
const named = (...ids: string[]) => ids.map((project) => ({ project }))

test('the order in which a resident marks projects leaves no trace', () => {
  const checked = checkBallot(named('park', 'well'), upToThree, list)
  expect(checked).toEqual({ ok: true, value: named('well', 'park') })
  expect(encodeBallot(named('park', 'well'), upToThree, list)).toBe('well,park')
})

test('a fourth mark is refused with the limit, no mark at all with what is missing', () => {
  expect(checkBallot(named('well', 'lamps', 'bridge', 'park'), upToThree, list)).toEqual({
    ok: false,
    problem: { kind: 'too-many', limit: 3 },
  })
  expect(checkBallot([], { kind: 'approval', min: 2, max: 3 }, list)).toEqual({
    ok: false,
    problem: { kind: 'too-few', least: 2, early: true },
  })
})

test('a project of another village, and a project marked twice, are named', () => {
  expect(checkBallot(named('school'), upToThree, list)).toEqual({
    ok: false,
    problem: { kind: 'unknown-project', project: 'school' },
  })
  expect(checkBallot(named('well', 'well'), upToThree, list)).toEqual({
    ok: false,
    problem: { kind: 'twice', project: 'well' },
  })
})

test.each(['park,well', 'well,', ',well', 'well, park', 'well,well', 'well,park,well', ' well', 'Well'])(
  '«%s» is not how a ballot is written',
  (text) => {
    expect(decodeBallot(text, upToThree, list).ok).toBe(false)
  },
)

test('what was written is read again, the empty ballot too where it is allowed', () => {
  expect(decodeBallot('well,park', upToThree, list)).toEqual({ ok: true, value: named('well', 'park') })
  const maybeNone: BallotTerms = { kind: 'approval', min: 0, max: 3 }
  expect(decodeBallot('', maybeNone, list)).toEqual({ ok: true, value: [] })
  expect(decodeBallot('', upToThree, list)).toEqual({
    ok: false,
    problem: { kind: 'too-few', least: 1, early: true },
  })
})

test('an approval is worth one, and points on it are refused', () => {
  expect(utilitiesOf(named('well', 'park'), upToThree, list)).toEqual(
    new Map([
      ['well', 1],
      ['park', 1],
    ]),
  )
  expect(checkBallot([{ project: 'well', points: 5 }], upToThree, list)).toEqual({
    ok: false,
    problem: { kind: 'points-unexpected', project: 'well' },
  })
})

const budget: BallotTerms = { kind: 'knapsack', min: 1, budget: 5_000_000 }
const fivePoints: BallotTerms = {
  kind: 'points',
  min: 1,
  max: 3,
  least: 1,
  most: 4,
  minSum: 5,
  maxSum: 5,
  unlisted: 0,
}
const inOrder: BallotTerms = { kind: 'ranking', min: 1, max: 3 }
const one: BallotTerms = { kind: 'choose-1' }
const pointed = (points: Record<string, number>) =>
  Object.entries(points).map(([project, given]) => ({ project, points: given }))

test('a voter who runs out of budget is told by how much', () => {
  expect(checkBallot(named('well', 'park', 'lamps'), budget, list)).toEqual({
    ok: false,
    problem: { kind: 'over-budget', by: 1_500_000 },
  })
  expect(checkBallot(named('park', 'well'), budget, list)).toEqual({ ok: true, value: named('well', 'park') })
})

test('points are written with their project, in the order of the list', () => {
  const ballot = pointed({ park: 4, well: 1 })
  expect(encodeBallot(ballot, fivePoints, list)).toBe('well=1,park=4')
  expect(decodeBallot('well=1,park=4', fivePoints, list)).toEqual({
    ok: true,
    value: pointed({ well: 1, park: 4 }),
  })
  expect(utilitiesOf(ballot, fivePoints, list)).toEqual(new Map(Object.entries({ park: 4, well: 1 })))
})

test.each([
  [pointed({ well: 4 }), { kind: 'points-left', missing: 1, early: true }],
  [pointed({ well: 4, park: 3 }), { kind: 'points-over', by: 2 }],
  [pointed({ well: 5 }), { kind: 'points-too-high', project: 'well', most: 4 }],
  [pointed({ well: 0, park: 4 }), { kind: 'points-too-low', project: 'well', least: 1 }],
  [pointed({ well: 2.5, park: 2.5 }), { kind: 'points-missing', project: 'well' }],
  [named('well'), { kind: 'points-missing', project: 'well' }],
])('points that do not add up are named (%#)', (choices, problem) => {
  expect(checkBallot(choices, fivePoints, list)).toEqual({ ok: false, problem })
})

test.each([
  'well=01,park=4',
  'well=1, park=4',
  'park=4,well=1',
  'well=+1,park=4',
  'well,park=4',
  'well=1e0,park=4',
])('«%s» is not how points are written', (text) => {
  expect(decodeBallot(text, fivePoints, list).ok).toBe(false)
})

test('a grade for some projects leaves the default grade to the others', () => {
  const grades: BallotTerms = { ...fivePoints, least: -2, most: 2, minSum: -8, maxSum: null, unlisted: -1 }
  expect(utilitiesOf(pointed({ well: 2 }), grades, list)).toEqual(
    new Map(Object.entries({ well: 2, lamps: -1, bridge: -1, park: -1 })),
  )
})

test('a ranking keeps its order, and its last place is worth one', () => {
  expect(encodeBallot(named('park', 'well', 'lamps'), inOrder, list)).toBe('park,well,lamps')
  expect(decodeBallot('park,well', inOrder, list)).toEqual({ ok: true, value: named('park', 'well') })
  expect(utilitiesOf(named('park', 'well', 'lamps'), inOrder, list)).toEqual(
    new Map(Object.entries({ park: 3, well: 2, lamps: 1 })),
  )
})

test('one project means one', () => {
  expect(checkBallot(named('park'), one, list).ok).toBe(true)
  expect(checkBallot(named('park', 'well'), one, list)).toEqual({
    ok: false,
    problem: { kind: 'too-many', limit: 1 },
  })
  expect(checkBallot([], one, list)).toEqual({
    ok: false,
    problem: { kind: 'too-few', least: 1, early: true },
  })
})

test('whatever may be cast is read back from its text, and from no other', () => {
  const kinds = fc.constantFrom(upToThree, budget, fivePoints, inOrder, one)
  const ballots = fc.array(
    fc.record({ project: fc.constantFrom('well', 'lamps', 'bridge', 'park'), points: fc.nat(5) }),
    {
      maxLength: 4,
    },
  )
  let cast = 0
  fc.assert(
    fc.property(kinds, ballots, (terms, drawn) => {
      const choices = terms.kind === 'points' ? drawn : drawn.map(({ project }) => ({ project }))
      const checked = checkBallot(choices, terms, list)
      if (!checked.ok) return
      cast += 1
      const text = encodeBallot(choices, terms, list)
      expect(decodeBallot(text, terms, list)).toEqual(checked)
      expect(encodeBallot(checked.value, terms, list)).toBe(text)
      for (const other of [`${text},`, `,${text}`, ` ${text}`, text.replace(',', ',,'), text.toUpperCase()]) {
        if (other !== text) expect(decodeBallot(other, terms, list).ok).toBe(false)
      }
    }),
    { numRuns: 1500, seed: 3 },
  )
  expect(cast).toBeGreaterThan(200)
})

test('terms from outside are read strictly', () => {
  for (const terms of [upToThree, budget, fivePoints, inOrder, one])
    expect(ballotTermsSchema.parse(terms)).toEqual(terms)
  expect(ballotTermsSchema.safeParse({ kind: 'approval', min: 3, max: 1 }).success).toBe(false)
  expect(ballotTermsSchema.safeParse({ kind: 'approval', min: 1, max: 1.5 }).success).toBe(false)
  expect(ballotTermsSchema.safeParse({ kind: 'lottery', min: 1, max: 1 }).success).toBe(false)
})
