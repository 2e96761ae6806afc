// Saved and returned money, by the frozen rule and nothing else: who moves up, who never does, and what is no election.
import { expect, test } from 'vitest'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { electionOfChoices } from '../../src/core/counting/election.ts'
import { count as countIt } from '../../src/core/counting/index.ts'
import {
  afterVote,
  type PotAfterVote,
  type ResultChange,
  reserveOrder,
} from '../../src/core/counting/reserve.ts'

/** Votes fall with the number; budget 100. A and B win with 90, C costs 30, D 15, E 5 with one vote too few. */
const projects = [
  { id: 'a', cost: 50, votes: 9 },
  { id: 'b', cost: 40, votes: 8 },
  { id: 'c', cost: 30, votes: 7 },
  { id: 'd', cost: 15, votes: 6 },
  { id: 'e', cost: 5, votes: 1 },
]
const ballots = projects.flatMap(({ id, votes }) => Array.from({ length: votes }, () => [{ project: id }]))
const count = countIt(
  electionOfChoices(100, projects, ballots, { kind: 'approval', min: 1, max: 3 }),
  { rule: 'greedy', skip: true, minVotes: 2, ties: ['lots'] },
  utf8ToBytes('a seed of the day'),
)
const pot: PotAfterVote = { projects, count, reserve: 'fits' }
const after = (changes: readonly ResultChange[], other: Partial<PotAfterVote> = {}) => {
  const { standing, left, next, senseless } = afterVote({ ...pot, ...other }, changes)
  return { standing: Object.fromEntries(standing), left, next, senseless }
}

test('the order of those not funded is that of the count, without whoever was below the threshold', () => {
  expect(count.winners).toEqual(['a', 'b'])
  expect(reserveOrder(count)).toEqual(['c', 'd'])
  expect(after([])).toEqual({
    standing: { a: 'elected', b: 'elected', c: 'waiting', d: 'waiting', e: 'out' },
    left: 10,
    next: { id: 'c', missing: 20 },
    senseless: [],
  })
})

test('a winner that becomes cheaper pays for whom the money reaches, past one it does not', () => {
  const { standing, left, next } = after([{ kind: 'cheaper', id: 'a', cost: 42 }])
  expect(standing).toMatchObject({ a: 'elected', c: 'waiting', d: 'reserve' })
  expect({ left, next }).toEqual({ left: 3, next: { id: 'c', missing: 27 } })
})

test('a winner that drops out gives all of its money back, and who moved up may drop out too', () => {
  const dropped = { kind: 'dropped', id: 'b' } as const
  expect(after([dropped])).toMatchObject({
    standing: { b: 'dropped', c: 'reserve', d: 'reserve' },
    left: 5,
    next: undefined,
  })
  expect(after([dropped, { kind: 'dropped', id: 'c' }]).left).toBe(35)
})

test('what is paid for outside the vote is never elected, takes none of its money, and moves nobody up', () => {
  const { standing, left } = after([{ kind: 'outside', id: 'c' }])
  expect(standing['c']).toBe('outside')
  expect(left).toBe(10)
  expect(after([{ kind: 'outside', id: 'e' }]).standing['e']).toBe('outside')
})

test('where the rule lets nobody move up, the money goes back', () => {
  expect(after([{ kind: 'dropped', id: 'a' }], { reserve: 'none' })).toMatchObject({
    standing: { a: 'dropped', c: 'out', d: 'out' },
    left: 60,
    next: undefined,
  })
})

test('where few voted there is no reserve list, for its order would tell who chose what', () => {
  const { winners, left } = count
  expect(after([{ kind: 'dropped', id: 'a' }], { count: { winners, left } })).toMatchObject({
    left: 60,
    next: undefined,
  })
})

test('of two that cannot both be built the second waits while the first stands', () => {
  const conflicts = [['b', 'c']] as const
  expect(after([{ kind: 'dropped', id: 'a' }], { conflicts }).standing).toMatchObject({
    c: 'waiting',
    d: 'reserve',
  })
  expect(after([{ kind: 'dropped', id: 'b' }], { conflicts }).standing).toMatchObject({ c: 'reserve' })
})

test.each<[string, ResultChange[]]>([
  ['dearer is no saving', [{ kind: 'cheaper', id: 'a', cost: 50 }]],
  ['nothing costs nothing', [{ kind: 'cheaper', id: 'a', cost: 0 }]],
  ['who did not win does not drop out', [{ kind: 'dropped', id: 'c' }]],
  ['a winner is not paid for outside', [{ kind: 'outside', id: 'a' }]],
  ['there is no such project', [{ kind: 'dropped', id: 'z' }]],
])('a change without sense changes nothing: %s', (_, changes) => {
  expect(after(changes)).toEqual({ ...after([]), senseless: [0] })
})

test('money is neither made nor lost, whatever happens in whatever order', () => {
  const acts: ResultChange[] = projects.flatMap(({ id, cost }) => [
    { kind: 'dropped', id },
    { kind: 'cheaper', id, cost: Math.ceil(cost / 2) },
    { kind: 'outside', id },
  ])
  for (let seed = 1; seed <= 300; seed++) {
    const changes = acts
      .map((one, at) => ({ one, at: (at * 7919 * seed + seed) % 101 }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one)
    const done = afterVote(pot, changes)
    const paid = projects
      .filter(({ id }) => ['elected', 'reserve'].includes(done.standing.get(id) ?? ''))
      .reduce((sum, { id }) => sum + (done.costs.get(id) ?? 0), 0)
    expect(paid + done.left).toBe(100)
    expect(done.left).toBeGreaterThanOrEqual(0)
  }
})
