// What a loser lacked, within so much work: a village of thousands with sums in tenge and Add1 is where recounts are dear.
import { expect, test } from 'vitest'
import { type BallotGroup, groupsOf } from '../../src/core/counting/ballots.ts'
import type { Election } from '../../src/core/counting/election.ts'
import { equalSharesOf } from '../../src/core/counting/equal-shares-terms.ts'
import { count } from '../../src/core/counting/index.ts'
import { type WouldWin, whatWouldWin } from '../../src/core/counting/missing.ts'
import { approving, ballotsOf } from '../support/ballots.ts'

const tieSeed = new Uint8Array()
/** As much work as `dauys count --explain` takes. */
const STEPS = 24e6

/** 2,000 ballots over 40 projects of up to 9 million tenge, the same at each run. */
function district(): Election {
  let state = 12345
  const chance = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return state / 2 ** 32
  }
  const projects = Array.from({ length: 40 }, (_, at) => ({
    id: `${at + 1}`,
    cost: 1_000_000 + Math.floor(chance() * 8_000_000),
    pull: chance() ** 2,
  }))
  const all = projects.reduce((sum, { pull }) => sum + pull, 0)
  const ballots = Array.from({ length: 2000 }, (): BallotGroup => {
    const chosen = new Set<string>()
    const length = 1 + Math.floor(chance() * 5)
    while (chosen.size < length) {
      let at = chance() * all
      chosen.add(projects.find(({ pull }) => (at -= pull) <= 0)?.id ?? '1')
    }
    return approving(1, ...chosen)
  })
  const listed = projects.map(({ id, cost }) => ({ id, cost }))
  return { budget: 50_000_000, projects: listed, ballots: ballotsOf(ballots, listed) }
}

const election = district()

function wins(changed: Election, terms: Parameters<typeof count>[1], id: string): boolean {
  return count(changed, terms, tieSeed).winners.includes(id)
}

const withVoters = (id: string, more: number): Election => ({
  ...election,
  ballots: ballotsOf(
    [...groupsOf(election.ballots, election.projects), approving(more, id)],
    election.projects,
  ),
})
const atCost = (id: string, cost: number): Election => ({
  ...election,
  projects: election.projects.map((project) => (project.id === id ? { ...project, cost } : project)),
})

test('each loser of an Add1 count is told something true within the work of ten counts', () => {
  const terms = equalSharesOf('equalshares/add1', 0)
  const meter = { steps: 0 }
  const outcome = count(election, terms, tieSeed, meter)
  const losers = election.projects.filter(({ id }) => !outcome.winners.includes(id))
  expect(losers.length).toBeGreaterThan(20)
  expect(10 * meter.steps).toBeGreaterThan(STEPS)
  const told: WouldWin[] = losers.slice(0, 3).map(({ id }) => {
    const would = whatWouldWin({ election, terms, tieSeed, count: outcome }, id, { steps: STEPS })
    if (would.voters) expect(wins(withVoters(id, would.voters.more), terms, id)).toBe(true)
    if (would.cost) expect(wins(atCost(id, would.cost.cost), terms, id)).toBe(true)
    return would
  })
  expect(told.filter(({ voters, cost }) => voters && cost).length).toBeGreaterThan(1)
}, 60_000)

test('the work that one answer takes is bounded: it ends after the recount in which it runs out', () => {
  const terms = equalSharesOf('equalshares/add1', 0)
  const one = { steps: 0 }
  const outcome = count(election, terms, tieSeed, one)
  const [loser] = election.projects.filter(({ id }) => !outcome.winners.includes(id))
  const counted = { election, terms, tieSeed, count: outcome }
  const work = (steps: number) => {
    const meter = { steps: 0 }
    whatWouldWin(counted, loser?.id ?? '', { steps }, meter)
    return meter.steps / one.steps
  }
  expect(work(0)).toBeLessThan(6)
  expect(work(10 * one.steps)).toBeLessThan(12)
  expect(work(10 * one.steps)).toBeGreaterThan(5)
}, 60_000)

test('with plain Equal Shares the same work proves the fewest voters', () => {
  const terms = equalSharesOf('equalshares', 0)
  const outcome = count(election, terms, tieSeed)
  const counted = { election, terms, tieSeed, count: outcome }
  const losers = election.projects.filter(({ id }) => !outcome.winners.includes(id)).slice(0, 5)
  for (const { id } of losers) {
    const { voters } = whatWouldWin(counted, id, { steps: STEPS })
    expect(voters?.fewest).toBe(true)
    expect(wins(withVoters(id, (voters?.more ?? 0) - 1), terms, id)).toBe(false)
  }
}, 60_000)
