// Greedy by votes, told in steps that a citizen can follow.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { expect, test } from 'vitest'
import { type Election, type ElectionProject, electionOfChoices } from '../../src/core/counting/election.ts'
import { lostTie, whyNot } from '../../src/core/counting/explain.ts'
import type { GreedyTerms } from '../../src/core/counting/greedy.ts'
import { count, ruleTermsSchema } from '../../src/core/counting/index.ts'
import { ballotsOf } from '../support/ballots.ts'

const seed = utf8ToBytes('a seed of the day')
const skip: GreedyTerms = { rule: 'greedy', skip: true, minVotes: 0, ties: ['lots'] }
const noSkip: GreedyTerms = { ...skip, skip: false }

/** A village where `votes[id]` people each vote for one project. */
function village(budget: number, projects: (ElectionProject & { votes: number })[]): Election {
  const ballots = projects.flatMap(({ id, votes }) => Array.from({ length: votes }, () => [{ project: id }]))
  return electionOfChoices(budget, projects, ballots, { kind: 'approval', min: 1, max: 3 })
}

const four = village(10, [
  { id: 'bridge', cost: 7, votes: 5 },
  { id: 'well', cost: 6, votes: 4 },
  { id: 'lamps', cost: 3, votes: 3 },
  { id: 'park', cost: 1, votes: 2 },
])

test('what does not fit is skipped and the money goes to the next that fits', () => {
  const result = count(four, skip, seed)
  expect(result.winners).toEqual(['bridge', 'lamps'])
  expect([result.spent, result.left]).toEqual([10, 0])
  expect(result.steps).toEqual([
    { kind: 'funded', id: 'bridge', votes: 5, cost: 7, left: 3 },
    { kind: 'skipped-too-dear', id: 'well', votes: 4, cost: 6, left: 3 },
    { kind: 'funded', id: 'lamps', votes: 3, cost: 3, left: 0 },
    { kind: 'skipped-too-dear', id: 'park', votes: 2, cost: 1, left: 0 },
  ])
  expect(whyNot(result, 'well')).toEqual({ kind: 'too-dear', cost: 6, left: 3, missing: 3 })
  expect(whyNot(result, 'lamps')).toEqual({ kind: 'won', place: 2, left: 0 })
  expect(whyNot(result, 'school')).toEqual({ kind: 'unknown-project' })
})

test('without skipping the count stops at the first project that does not fit', () => {
  const result = count(four, noSkip, seed)
  expect(result.winners).toEqual(['bridge'])
  expect(whyNot(result, 'well')).toEqual({ kind: 'stopped-here', cost: 6, left: 3, missing: 3 })
  expect(whyNot(result, 'park')).toEqual({ kind: 'not-reached', stoppedAt: 'well', votes: 2, votesThere: 4 })
})

test('a withdrawn project stops nothing and wins nothing', () => {
  const projects = [
    { id: 'gone', cost: 999_999_999, votes: 9, withdrawn: true },
    { id: 'well', cost: 6, votes: 4 },
  ]
  const result = count(village(10, projects), noSkip, seed)
  expect(result.winners).toEqual(['well'])
  expect(whyNot(result, 'gone')).toEqual({ kind: 'withdrawn' })
})

test('a project dearer than the whole budget stays on the list', () => {
  const projects = [
    { id: 'airport', cost: 11, votes: 9 },
    { id: 'well', cost: 6, votes: 4 },
  ]
  expect(count(village(10, projects), skip, seed).winners).toEqual(['well'])
  expect(count(village(10, projects), noSkip, seed).winners).toEqual([])
})

test('under the minimum of votes a project is told how many were missing', () => {
  const result = count(four, { ...skip, minVotes: 4 }, seed)
  expect(result.winners).toEqual(['bridge'])
  expect(whyNot(result, 'park')).toEqual({ kind: 'too-few-votes', votes: 2, needed: 4, missing: 2 })
})

test('of two projects for one place only the more voted wins, and nothing stops at the other', () => {
  const result = count(four, { ...noSkip, conflicts: [['well', 'bridge']] }, seed)
  expect(result.winners).toEqual(['bridge', 'lamps'])
  expect(whyNot(result, 'well')).toEqual({ kind: 'conflict', with: 'bridge' })
})

const rivals = [
  { id: 'a', cost: 6, votes: 3 },
  { id: 'b', cost: 5, votes: 3 },
  { id: 'c', cost: 1, votes: 3 },
]

test('a tie that decided is stated with the tie-break, the order and the winners', () => {
  const result = count(village(7, rivals), { ...skip, ties: ['cheaper', 'lots'] }, seed)
  const tie = { kind: 'tie', ids: ['c', 'b', 'a'], votes: 3, by: ['cheaper'], chosen: ['c', 'b'] }
  expect(result.ties).toEqual([tie])
  expect(result.steps[0]).toEqual(tie)
  expect(lostTie(result, 'a')).toEqual(tie)
  expect(lostTie(result, 'b')).toBeUndefined()
})

test('a tie in which everybody wins, or nobody could, is no news', () => {
  expect(count(village(12, rivals), skip, seed).ties).toEqual([])
  expect(count(village(0, rivals), skip, seed).ties).toEqual([])
})

test('lots follow SHA-256 of the seed and the project, so anyone can draw them again', () => {
  const lot = (id: string) => bytesToHex(sha256(utf8ToBytes(`a seed of the day${id}`)))
  const inLotOrder = ['a', 'b', 'c'].sort((x, y) => (lot(x) < lot(y) ? -1 : 1))
  const result = count(
    village(
      6,
      rivals.map((rival) => ({ ...rival, cost: 6 })),
    ),
    skip,
    seed,
  )
  expect(result.winners).toEqual(inLotOrder.slice(0, 1))
  expect(result.ties[0]?.ids).toEqual(inLotOrder)
})

test('tie-breaks are used one after another, and the one that was used is named', () => {
  const projects = [
    { id: 'z', cost: 4, votes: 2 },
    { id: 'y', cost: 5, votes: 2 },
    { id: 'x', cost: 5, votes: 2 },
  ]
  const result = count(village(5, projects), { ...skip, ties: ['dearer', 'rows'] }, seed)
  expect(result.ties).toEqual([
    { kind: 'tie', ids: ['y', 'x', 'z'], votes: 2, by: ['dearer', 'rows'], chosen: ['y'] },
  ])
})

test('a village where nobody voted still gets an answer', () => {
  const empty: Election = { budget: 10, projects: [], ballots: ballotsOf([], []) }
  expect(count(empty, skip, seed)).toEqual({
    winners: [],
    spent: 0,
    left: 10,
    steps: [],
    ties: [],
    votes: [],
  })
})

test('rules from outside are read strictly', () => {
  expect(ruleTermsSchema.parse({ ...skip, conflicts: [['a', 'b']] })).toEqual({
    ...skip,
    conflicts: [['a', 'b']],
  })
  expect(ruleTermsSchema.safeParse({ ...skip, minVotes: -1 }).success).toBe(false)
  expect(ruleTermsSchema.safeParse({ ...skip, surprise: true }).success).toBe(false)
})
