// Equal Shares against the plainest possible version of it, on many small villages.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Election, groupBallots } from '../../src/core/counting/election.ts'
import type { EqualSharesTerms } from '../../src/core/counting/equal-shares-terms.ts'
import { fraction } from '../../src/core/counting/fraction.ts'
import { count } from '../../src/core/counting/index.ts'
import { plainAdd1, plainEqualShares } from '../support/equal-shares-oracle.ts'
import { plainShares as plain } from '../support/shares-terms.ts'

const seed = new Uint8Array(32)

/** Villages in which money is scarce and equal sums are common. `points` up to that many for a project. */
const villages = (points: number, costs: fc.Arbitrary<number>, voters: number) =>
  fc.array(costs, { minLength: 1, maxLength: 6 }).chain((made) => {
    const projects = made.map((cost, at) => ({ id: `p${at}`, cost }))
    const ballot = fc
      .array(fc.integer({ min: 0, max: points }), { minLength: made.length, maxLength: made.length })
      .map((worth) => new Map(worth.flatMap((one, at) => (one > 0 ? [[`p${at}`, one] as const] : []))))
    return fc.record({
      projects: fc.constant(projects),
      ballots: fc.array(ballot, { minLength: 1, maxLength: voters }),
      budget: fc
        .integer({ min: 1, max: 4 })
        .map((part) => Math.ceil((made.reduce((a, b) => a + b, 0) * part) / 5)),
    })
  })

type Village = { projects: { id: string; cost: number }[]; ballots: Map<string, number>[]; budget: number }
const electionIn = ({ budget, projects, ballots }: Village): Election => ({
  budget,
  projects,
  ballots: groupBallots(ballots, projects),
})

const small = fc.integer({ min: 1, max: 12 })
const even = fc.constantFrom(2, 4, 6, 12, 24)
const kinds = fc.constantFrom('cost' as const, 'cardinality' as const)

test.each([
  ['approvals', villages(1, small, 10)],
  ['approvals and round costs', villages(1, even, 12)],
  ['points', villages(4, small, 8)],
])('%s: the same purchases in the same order', (_, arbitrary) => {
  fc.assert(
    fc.property(arbitrary, kinds, (village, utility) => {
      const endowment = fraction(BigInt(village.budget), BigInt(village.ballots.length))
      const expected = plainEqualShares(village.projects, village.ballots, endowment, utility)
      expect(count(electionIn(village), { ...plain, utility }, seed).winners).toEqual(expected)
    }),
    { numRuns: 300, seed: 20_261_124 },
  )
})

test.each([
  ['small sums', villages(1, fc.integer({ min: 1, max: 60 }), 8)],
  ['sums in the thousands', villages(1, fc.integer({ min: 500, max: 2000 }), 12)],
  ['points', villages(3, fc.integer({ min: 100, max: 900 }), 6)],
])('%s: raising in leaps ends where raising unit by unit ends', (_, arbitrary) => {
  fc.assert(
    fc.property(arbitrary, kinds, (village, utility) => {
      const expected = plainAdd1(village.projects, village.ballots, village.budget, utility)
      const terms: EqualSharesTerms = { ...plain, utility, completion: 'add1', start: 'whole' }
      const result = count(electionIn(village), terms, seed)
      expect(result.winners).toEqual(expected.winners)
      const raised = result.steps.find((step) => step.kind === 'raised')
      // Once everything has won, more money changes nothing and the leap may stop early.
      if (raised?.end === 'overspent') expect(raised.to).toBe(`${expected.endowment}`)
    }),
    { numRuns: 40, seed: 20_261_124 },
  )
})
