// What holds for every election, whatever the rule.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Election,
  type ElectionProject,
  groupBallots,
  tallies,
} from '../../src/core/counting/election.ts'
import { whyNot } from '../../src/core/counting/explain.ts'
import { count, type RuleTerms } from '../../src/core/counting/index.ts'
import { ballotsOf } from '../support/ballots.ts'

const seed = new Uint8Array(32).fill(7)
const runs = { numRuns: 150, seed: 20_261_124 }

type Village = { budget: number; projects: ElectionProject[]; ballots: Map<string, number>[] }

const villages: fc.Arbitrary<Village> = fc
  .array(
    fc.record({
      cost: fc.integer({ min: 1, max: 12 }),
      withdrawn: fc.constantFrom(false, false, false, true),
    }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .chain((made) => {
    const projects = made.map((project, at) => ({ id: `p${at}`, ...project }))
    const ids = projects.map((project) => project.id)
    const ballot = fc
      .subarray(ids, { maxLength: Math.min(4, ids.length) })
      .map((named) => new Map(named.map((id) => [id, 1])))
    return fc.record({
      budget: fc.integer({ min: 0, max: 30 }),
      projects: fc.constant(projects),
      ballots: fc.array(ballot, { maxLength: 12 }),
    })
  })

const pairs = fc.constantFrom<[string, string][]>(
  [],
  [['p0', 'p1']],
  [
    ['p1', 'p2'],
    ['p0', 'p3'],
  ],
)
const greedyTerms: fc.Arbitrary<RuleTerms> = fc.record({
  rule: fc.constant('greedy' as const),
  skip: fc.boolean(),
  minVotes: fc.integer({ min: 0, max: 2 }),
  conflicts: pairs,
  ties: fc.constantFrom(['lots' as const], ['cheaper' as const, 'lots' as const], ['dearer' as const]),
})
const perCostTerms: fc.Arbitrary<RuleTerms> = fc.record({
  rule: fc.constant('greedy-per-cost' as const),
  minVotes: fc.integer({ min: 0, max: 2 }),
  conflicts: pairs,
  ties: fc.constantFrom(['lots' as const], ['cheaper' as const, 'lots' as const]),
})
const sharesTerms: fc.Arbitrary<RuleTerms> = fc.record({
  rule: fc.constant('equal-shares' as const),
  utility: fc.constantFrom('cost' as const, 'cardinality' as const),
  completion: fc.constantFrom('none' as const, 'greedy' as const, 'add1' as const, 'add1u' as const),
  start: fc.constantFrom('exact' as const, 'whole' as const),
  exhaustive: fc.boolean(),
  comparison: fc.constantFrom('none' as const, 'satisfaction' as const, 'coverage' as const),
  eligibility: fc.constantFrom(null, [1, 3] as const),
  minVotes: fc.integer({ min: 0, max: 2 }),
  ties: fc.constantFrom(['lots' as const], ['cheaper' as const, 'votes' as const]),
})
const greedyKinds = fc.oneof(greedyTerms, perCostTerms)
const anyTerms = fc.oneof(greedyTerms, perCostTerms, sharesTerms)

const electionIn = ({ budget, projects, ballots }: Village): Election => ({
  budget,
  projects,
  ballots: groupBallots(ballots, projects),
})

test('never more than the budget is spent, and the sums agree to the unit', () => {
  fc.assert(
    fc.property(villages, anyTerms, (village, terms) => {
      const result = count(electionIn(village), terms, seed)
      const cost = new Map(village.projects.map((project) => [project.id, project.cost]))
      const spent = result.winners.reduce((sum, id) => sum + (cost.get(id) ?? 0), 0)
      expect(result.spent).toBe(spent)
      expect(result.spent + result.left).toBe(village.budget)
      expect(result.left).toBeGreaterThanOrEqual(0)
      expect(new Set(result.winners).size).toBe(result.winners.length)
    }),
    runs,
  )
})

test('every project gets exactly one step of its own', () => {
  fc.assert(
    fc.property(villages, greedyKinds, (village, terms) => {
      const told = count(electionIn(village), terms, seed).steps.flatMap((step) =>
        'id' in step ? [step.id] : [],
      )
      expect([...told].sort()).toEqual(village.projects.map((project) => project.id).sort())
    }),
    runs,
  )
})

test('the order in which ballots arrive changes nothing', () => {
  fc.assert(
    fc.property(villages, anyTerms, (village, terms) => {
      const backwards = { ...village, ballots: [...village.ballots].reverse() }
      expect(count(electionIn(backwards), terms, seed)).toEqual(count(electionIn(village), terms, seed))
    }),
    runs,
  )
})

test('the order of the list changes winners only where a tie is stated', () => {
  fc.assert(
    fc.property(villages, anyTerms, (village, terms) => {
      const result = count(electionIn(village), terms, seed)
      const turned = count(electionIn({ ...village, projects: [...village.projects].reverse() }), terms, seed)
      const byRows = [...result.ties, ...turned.ties].some((tie) => tie.by.includes('rows'))
      if (!byRows) expect([...turned.winners].sort()).toEqual([...result.winners].sort())
    }),
    runs,
  )
})

test('without a stated tie, any other tie-break gives the same winners', () => {
  fc.assert(
    fc.property(villages, greedyTerms, (village, terms) => {
      const result = count(electionIn(village), terms, seed)
      if (result.ties.length > 0) return
      const orders = ['lots', 'rows', 'cheaper', 'dearer'] as const
      for (const tie of orders) {
        const other = count(electionIn(village), { ...terms, ties: [tie] }, seed)
        expect([...other.winners].sort()).toEqual([...result.winners].sort())
      }
    }),
    runs,
  )
})

test('a stated tie is a real one: some order of the equals gives other winners', () => {
  let stated = 0
  fc.assert(
    fc.property(villages, (village) => {
      const terms = { rule: 'greedy', skip: true, minVotes: 0, ties: ['lots'] } as const
      const first = count(electionIn(village), terms, seed)
      const [tie] = first.ties
      if (!tie) return
      stated += 1
      const outcomes = new Set<string>()
      for (let lot = 0; lot < 200; lot += 1) {
        const other = count(electionIn(village), terms, new Uint8Array(32).fill(lot))
        outcomes.add(other.ties[0]?.chosen.toSorted().join() ?? '')
      }
      expect(outcomes.size).toBeGreaterThan(1)
    }),
    { ...runs, numRuns: 60 },
  )
  expect(stated).toBeGreaterThan(5)
})

test('every loser is told why, and every winner that it won', () => {
  fc.assert(
    fc.property(villages, anyTerms, (village, terms) => {
      const result = count(electionIn(village), terms, seed)
      for (const { id } of village.projects) {
        const told = whyNot(result, id).kind
        expect(told === 'won').toBe(result.winners.includes(id))
        expect(['outvoted', 'unknown-project']).not.toContain(told)
      }
    }),
    runs,
  )
})

test('counting groups of equal ballots is counting the ballots', () => {
  fc.assert(
    fc.property(villages, anyTerms, (village, terms) => {
      const each = village.ballots.map((utilities) => ({ times: 1, utilities }))
      const single = { ...village, ballots: ballotsOf(each, village.projects) }
      expect(count(single, terms, seed)).toEqual(count(electionIn(village), terms, seed))
    }),
    runs,
  )
})

test('one more vote for a winner alone never takes its place away', () => {
  fc.assert(
    fc.property(villages, greedyKinds, (village, terms) => {
      for (const winner of count(electionIn(village), terms, seed).winners) {
        const more = { ...village, ballots: [...village.ballots, new Map([[winner, 1]])] }
        expect(count(electionIn(more), terms, seed).winners).toContain(winner)
      }
    }),
    runs,
  )
})

test('sums that would no longer be exact are refused, not rounded', () => {
  const projects = [{ id: 'a', cost: 1 }]
  const ballots = ballotsOf([{ times: 2, utilities: new Map([['a', Number.MAX_SAFE_INTEGER]]) }], projects)
  expect(() => tallies({ budget: 1, projects, ballots })).toThrow(RangeError)
})
