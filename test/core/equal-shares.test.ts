// Equal Shares, told in steps: who paid what, why the shares were raised, what a loser lacked.
import { expect, test } from 'vitest'
import { type Election, groupBallots } from '../../src/core/counting/election.ts'
import type { EqualSharesTerms } from '../../src/core/counting/equal-shares-terms.ts'
import { whyNot } from '../../src/core/counting/explain.ts'
import { count, ruleTermsSchema } from '../../src/core/counting/index.ts'
import { whatWouldWin } from '../../src/core/counting/missing.ts'
import { paidBy } from '../../src/core/counting/payments.ts'
import { plainShares } from '../support/shares-terms.ts'
import { groupsOf } from '../../src/core/counting/ballots.ts'
import { approving, ballotsOf } from '../support/ballots.ts'

const seed = new Uint8Array(32)
const terms: EqualSharesTerms = { ...plainShares, ties: ['cheaper', 'votes', 'lots'] }

type Group = readonly [times: number, ...ids: string[]]

/** `[3, 'well', 'park']`: three ballots for these two. */
function village(budget: number, costs: Record<string, number>, ...groups: Group[]): Election {
  const projects = Object.entries(costs).map(([id, cost]) => ({ id, cost }))
  const ballots = groups.flatMap(([times, ...ids]) =>
    Array.from({ length: times }, () => new Map(ids.map((id) => [id, 1]))),
  )
  return { budget, projects, ballots: groupBallots(ballots, projects) }
}

/** Ten voters with 10 each. Six want the bridge and the lamps, four the well. */
const divided = village(
  100,
  { bridge: 42, lamps: 30, well: 36, park: 25 },
  [5, 'bridge', 'lamps'],
  [1, 'bridge'],
  [3, 'well'],
  [1, 'well', 'park'],
)

test('the majority does not take everything: each group of voters buys with its own money', () => {
  const result = count(divided, terms, seed)
  expect(result.winners).toEqual(['bridge', 'well'])
  expect(result.steps).toEqual([
    { kind: 'divided', voters: 10, share: '10' },
    { kind: 'bought', id: 'bridge', votes: 6, cost: 42, left: 58, share: '7', payers: 6, emptied: 0 },
    { kind: 'bought', id: 'well', votes: 4, cost: 36, left: 22, share: '9', payers: 4, emptied: 0 },
    { kind: 'not-affordable', id: 'lamps', votes: 5, cost: 30, held: 15 },
    { kind: 'not-affordable', id: 'park', votes: 1, cost: 25, held: 1 },
  ])
  expect(whyNot(result, 'lamps')).toEqual({ kind: 'supporters-short', cost: 30, held: 15, missing: 15 })
})

test('who has less than a full share left gives all of it, and the others pay the rest', () => {
  const four = village(40, { well: 9, lamps: 24 }, [1, 'well', 'lamps'], [2, 'lamps'], [1, 'well'])
  const result = count(four, terms, seed)
  expect(result.steps.slice(1)).toEqual([
    { kind: 'bought', id: 'lamps', votes: 3, cost: 24, left: 16, share: '8', payers: 3, emptied: 0 },
    { kind: 'bought', id: 'well', votes: 2, cost: 9, left: 7, share: '7', payers: 1, emptied: 1 },
  ])
  const both = new Map([
    ['well', 1],
    ['lamps', 1],
  ])
  const payments = [
    { id: 'lamps', paid: '8', all: false },
    { id: 'well', paid: '2', all: true },
  ]
  expect(paidBy(result, both)).toEqual({ payments, left: '0' })
})

test('money to the last unit is enough', () => {
  expect(count(village(9, { well: 3 }, [1, 'well'], [2]), terms, seed).winners).toEqual(['well'])
  expect(count(village(10, { well: 7 }, [2, 'well'], [1]), terms, seed).winners).toEqual([])
})

test('shares are raised one unit at a time, until the next raise would overspend', () => {
  const result = count(divided, { ...terms, completion: 'add1', start: 'whole' }, seed)
  expect(result.winners).toEqual(['bridge', 'well'])
  const raised = result.steps.find((step) => step.kind === 'raised')
  expect(raised).toEqual({ kind: 'raised', from: '10', to: '12', end: 'overspent' })
})

test('with the exhaustive stop nothing is raised once nothing more would fit', () => {
  const tight = village(
    80,
    { bridge: 42, lamps: 30, well: 36 },
    [5, 'bridge', 'lamps'],
    [1, 'bridge'],
    [4, 'well'],
  )
  const add1 = { ...terms, completion: 'add1', start: 'whole' } as const
  const stop = count(tight, { ...add1, exhaustive: true }, seed)
  expect(stop.winners).toEqual(['bridge', 'well'])
  expect(stop.steps.find((step) => step.kind === 'raised')).toMatchObject({ end: 'nothing-fits', to: '9' })
  const on = count(tight, add1, seed)
  expect(on.steps.find((step) => step.kind === 'raised')).toMatchObject({ end: 'overspent', to: '12' })
})

test('when everything with a supporter has won, raising ends, projects without one or not', () => {
  const rich = village(100, { well: 20, lamps: 10, nobody: 5 }, [2, 'well'], [8, 'lamps'])
  const result = count(rich, { ...terms, completion: 'add1', start: 'whole' }, seed)
  expect(result.winners).toEqual(['lamps', 'well'])
  expect(result.steps.find((step) => step.kind === 'raised')).toMatchObject({ end: 'all-won' })
})

test('the rest is spent by votes where the rule says so', () => {
  const result = count(divided, { ...terms, completion: 'greedy' }, seed)
  expect(result.winners).toEqual(['bridge', 'well'])
  expect(whyNot(result, 'lamps')).toEqual({ kind: 'too-dear', cost: 30, left: 22, missing: 8 })
  const cheaper = village(
    100,
    { bridge: 42, lamps: 22, well: 36 },
    [5, 'bridge', 'lamps'],
    [1, 'bridge'],
    [4, 'well'],
  )
  expect(count(cheaper, { ...terms, completion: 'greedy' }, seed).winners).toEqual([
    'bridge',
    'well',
    'lamps',
  ])
})

test('votes per cost goes by what a supporter pays, whatever the project costs', () => {
  const two = village(40, { stadium: 24, bench: 2 }, [3, 'stadium', 'bench'], [1, 'stadium'])
  expect(count(two, terms, seed).winners[0]).toBe('stadium')
  expect(count(two, { ...terms, utility: 'cardinality' }, seed).winners[0]).toBe('bench')
})

test('points: who gave more points pays more, in proportion', () => {
  const projects = [{ id: 'well', cost: 12 }]
  const ballots = [new Map([['well', 3]]), new Map([['well', 1]]), new Map<string, number>()]
  const election = { budget: 30, projects, ballots: groupBallots(ballots, projects) }
  const result = count(election, terms, seed)
  expect(result.steps[1]).toMatchObject({ kind: 'bought', votes: 4, share: '3', payers: 2 })
  expect(paidBy(result, new Map([['well', 3]]))).toEqual({
    payments: [{ id: 'well', paid: '9', all: false }],
    left: '1',
  })
})

test('a tie is stated with its winner, and the lot decides where cost and votes are equal', () => {
  const equal = village(20, { a: 8, b: 8 }, [1, 'a', 'b'], [1])
  const result = count(equal, terms, seed)
  const [tie] = result.ties
  expect(tie).toMatchObject({ kind: 'tie', by: ['lots'], chosen: result.winners })
  expect(tie?.ids).toHaveLength(2)
  expect(whyNot(result, tie?.ids[1] ?? '')).toMatchObject({ kind: 'supporters-short', held: 2 })
})

test('in the comparison a voter with nothing counts as nothing, and equality keeps the shares', () => {
  const compared = { ...terms, comparison: 'satisfaction' } as const
  const more = village(20, { big: 20, east: 5, west: 5 }, [3, 'big'], [2, 'east'], [1, 'west'])
  const lost = count(more, compared, seed)
  expect(lost.winners).toEqual(['big'])
  expect(lost.steps).toContainEqual({ kind: 'compared', forShares: 2, forGreedy: 3, kept: 'greedy' })
  expect([lost.spent, lost.left]).toEqual([20, 0])
  expect(whyNot(lost, 'east')).toMatchObject({ kind: 'too-dear', left: 0 })
  const even = village(20, { big: 20, east: 5, west: 3 }, [3, 'big'], [2, 'east'], [1, 'west'])
  const kept = count(even, compared, seed)
  expect(kept.winners).toEqual(['east', 'west'])
  expect(kept.steps.at(-1)).toEqual({ kind: 'compared', forShares: 3, forGreedy: 3, kept: 'shares' })
})

test('a project needs its share of voters to be eligible', () => {
  const result = count(divided, { ...terms, eligibility: [1, 2] }, seed)
  expect(whyNot(result, 'park')).toEqual({ kind: 'too-few-votes', votes: 1, needed: 2, missing: 1 })
  expect(whyNot(result, 'well')).toMatchObject({ kind: 'won' })
})

test('what a loser lacked is found by recounting: so many new voters, such a cost', () => {
  const counted = { election: divided, terms, tieSeed: seed, count: count(divided, terms, seed) }
  const lacked = whatWouldWin(counted, 'park', { steps: 1e6 })
  expect(lacked).toEqual({ voters: { more: 2, fewest: true }, cost: { cost: 1, highest: true } })
  const withMore = (times: number): string[] => {
    const groups = [...groupsOf(divided.ballots, divided.projects), approving(times, 'park')]
    const ballots = ballotsOf(groups, divided.projects)
    return [...count({ ...divided, ballots }, terms, seed).winners]
  }
  expect(withMore(1)).not.toContain('park')
  expect(withMore(2)).toContain('park')
  expect(whatWouldWin(counted, 'lamps', { steps: 1e6 }).cost).toEqual({ cost: 15, highest: true })
  expect(whatWouldWin(counted, 'bridge', { steps: 1e6 })).toEqual({})
})

test('no ballot at all, no money at all: nothing is bought and nothing breaks', () => {
  expect(count(village(10, { well: 5 }), { ...terms, completion: 'add1u' }, seed).winners).toEqual(['well'])
  expect(count(village(0, { well: 5 }, [2, 'well']), { ...terms, completion: 'add1' }, seed).winners).toEqual(
    [],
  )
})

test('a village of 300 with costs in millions is raised tenge by tenge in no time', () => {
  const costs = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`p${at}`, 1_000_003 * (at + 1)]))
  const groups = Array.from(
    { length: 60 },
    (_, at): Group => [5, `p${at % 12}`, `p${(at * 7 + 3) % 12}`, `p${(at * 5 + 1) % 11}`],
  )
  const result = count(
    village(40_000_000, costs, ...groups),
    { ...terms, completion: 'add1', start: 'whole' },
    seed,
  )
  const raised = result.steps.find((step) => step.kind === 'raised')
  expect(Number(raised?.to) - Number(raised?.from)).toBeGreaterThan(10_000)
  expect(result.spent).toBeLessThanOrEqual(40_000_000)
})

test('rules from outside are read strictly', () => {
  expect(ruleTermsSchema.parse({ ...terms, eligibility: [1, 3] })).toEqual({ ...terms, eligibility: [1, 3] })
  expect(ruleTermsSchema.safeParse({ ...terms, completion: 'add2' }).success).toBe(false)
})
