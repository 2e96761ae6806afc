// Ballots: what may stand on one, and the single text that stands for it.
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
    problem: { kind: 'too-few', missing: 2 },
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
  expect(decodeBallot('', upToThree, list)).toEqual({ ok: false, problem: { kind: 'too-few', missing: 1 } })
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

test('terms from outside are read strictly', () => {
  expect(ballotTermsSchema.safeParse(upToThree).success).toBe(true)
  expect(ballotTermsSchema.safeParse({ kind: 'approval', min: 3, max: 1 }).success).toBe(false)
  expect(ballotTermsSchema.safeParse({ kind: 'approval', min: 1, max: 1.5 }).success).toBe(false)
  expect(ballotTermsSchema.safeParse({ kind: 'lottery', min: 1, max: 1 }).success).toBe(false)
})
