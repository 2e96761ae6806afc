// Ballots and rules in the library's words, both ways.
import { expect, test } from 'vitest'
import { type BallotTerms, pabulibBallot } from '../../src/core/ballots/index.ts'
import { pabulibRule } from '../../src/core/counting/index.ts'
import { ballotOfPabulib } from '../../src/core/formats/pabulib/ballot.ts'
import { ruleOf } from '../../src/core/formats/pabulib/election.ts'
import { pabulibVote } from '../../src/core/formats/pabulib/export.ts'
import { read, village } from '../support/village-file.ts'

test('a ballot type of ours and the rule are named as the library names them', () => {
  const list = [
    { id: 'a', cost: 5 },
    { id: 'b', cost: 6 },
  ]
  expect(pabulibBallot({ kind: 'approval', min: 1, max: 3 }, list)).toEqual({
    voteType: 'approval',
    entries: [
      ['min_length', '1'],
      ['max_length', '2'],
    ],
  })
  expect(pabulibBallot({ kind: 'ranking', min: 1, max: 2 }, list).voteType).toBe('ordinal')
  expect(pabulibBallot({ kind: 'knapsack', min: 1, budget: 9 }, list).entries).toEqual([
    ['min_length', '1'],
    ['max_sum_cost', '9'],
  ])
  expect(pabulibVote('1', [{ project: 'a', points: 2 }])).toEqual({ id: '1', projects: ['a'], points: [2] })
  for (const rule of [
    'equalshares',
    'equalshares-comparison',
    'equalshares/add1',
    'equalshares/add1-comparison',
  ]) {
    const terms = ruleOf(read(village({ 11: `rule;${rule}` })))
    expect(terms.ok && pabulibRule(terms.value)).toEqual({ rule, entries: [] })
  }
})

test.each<BallotTerms>([
  { kind: 'approval', min: 1, max: 2 },
  { kind: 'approval', min: 2, max: 3 },
  { kind: 'choose-1' },
  { kind: 'knapsack', min: 2, budget: 100 },
  { kind: 'ranking', min: 3, max: 3 },
  { kind: 'points', min: 1, max: 3, least: 1, most: 4, minSum: 2, maxSum: 6, unlisted: 0 },
  { kind: 'points', min: 1, max: 3, least: -1, most: 2, minSum: 0, maxSum: null, unlisted: 1 },
])('a ballot written as a file is the same ballot when it is read: %o', (terms) => {
  const { voteType, entries } = pabulibBallot(terms, read(village()).projects)
  const limits = entries.map((entry) => entry.join(';'))
  const file = read(
    village({
      10: [`vote_type;${voteType}`, ...limits].join('\n'),
      20: 'voter_id;vote;points',
      21: 'v1;c1;1',
      22: 'v2;1;2',
    }),
  )
  expect(ballotOfPabulib(file)).toEqual({ ok: true, value: terms })
})

test.each([
  [{ 10: 'vote_type;approval\nmin_sum_cost;20' }, 'min_sum_cost'],
  [{ 10: 'vote_type;approval\nmax_length_per_category;2,1' }, 'max_length_per_category'],
  [{ 10: 'vote_type;approval\nmax_sum_cost;100\nmax_length;2' }, 'max_length'],
  [{ 10: 'vote_type;approval\nmax_length;two' }, 'max_length'],
  [{ 10: 'vote_type;approval\nmax_sum_cost;much' }, 'max_sum_cost'],
  [{ 10: 'vote_type;cumulative' }, 'max_sum_points'],
  [{ 10: 'vote_type;cumulative\nmax_sum_points;5\nmin_sum_points;1.5' }, 'min_sum_points'],
  [{ 10: 'vote_type;scoring\nmax_points;5' }, 'min_points'],
  [{ 10: 'vote_type;scoring\nmin_points;0' }, 'max_points'],
])('a limit that no ballot of ours has is named: %o', (changes, key) => {
  const file = read(village({ 20: 'voter_id;vote;points', 21: 'v1;c1;1', 22: 'v2;1;2', ...changes }))
  expect(ballotOfPabulib(file)).toEqual({ ok: false, problem: { kind: 'limit-not-supported', key } })
})

test('a limit on the sum of costs is rounded down as costs are, and withdrawn projects do not count', () => {
  const decimal = read(village({ 10: 'vote_type;approval\nmax_sum_cost;100.5' }))
  expect(ballotOfPabulib(decimal)).toEqual({ ok: true, value: { kind: 'knapsack', min: 1, budget: 100 } })
  const withdrawn = read(
    village({ 10: 'vote_type;approval\nmax_sum_cost;110\nmax_length;2', 18: '1;999999999;Park' }),
  )
  expect(ballotOfPabulib(withdrawn)).toEqual({ ok: true, value: { kind: 'approval', min: 1, max: 2 } })
})

test('a limit on the sum of costs that nobody can reach is none', () => {
  const file = read(village({ 10: 'vote_type;approval\nmax_sum_cost;140' }))
  expect(ballotOfPabulib(file)).toEqual({ ok: true, value: { kind: 'approval', min: 1, max: 3 } })
})
