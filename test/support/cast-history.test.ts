// What the judge of a long story of votes says of a good one, and of each way in which one can be bad.
import { expect, test } from 'vitest'
import { type CastStory, judge, type StoredCast } from './cast-history.ts'

const cast = (ballot: string, account: number, more: Partial<StoredCast> = {}): StoredCast => ({
  ballot,
  account,
  receipt: `receipt of ${ballot}`,
  late: false,
  ...more,
})
const story = (more: Partial<CastStory> = {}): CastStory => ({
  sent: new Map([
    ['a', { account: 1, accepted: true }],
    ['b', { account: 2, accepted: true }],
    ['refused', { account: 3, accepted: false }],
  ]),
  told: new Map([[1, new Set(['receipt of a'])]]),
  stored: [cast('a', 1), cast('b', 2)],
  ...more,
})
const none = { lost: 0, doubled: 0, phantom: 0, late: 0 }

test('where every accepted vote is stored once nothing is wrong, whoever was refused', () => {
  expect(judge(story())).toEqual(none)
})

test('a vote that was accepted, or told, and is not there is lost', () => {
  expect(judge(story({ stored: [cast('a', 1)] }))).toEqual({ ...none, lost: 1 })
  expect(judge(story({ told: new Map([[1, new Set(['receipt of a', 'another'])]]) }))).toEqual({
    ...none,
    lost: 1,
  })
})

test('a second vote, one that nobody sent, one of somebody else and one after the close are told apart', () => {
  const stored = [cast('a', 1), cast('b', 2)]
  expect(judge(story({ stored: [...stored, cast('a', 1)] }))).toEqual({ ...none, doubled: 1 })
  expect(judge(story({ stored: [...stored, cast('c', 1)] }))).toEqual({ ...none, phantom: 1 })
  expect(judge(story({ stored: [cast('a', 1), cast('b', 1)] }))).toEqual({ ...none, phantom: 1 })
  expect(judge(story({ stored: [cast('a', 1, { late: true }), cast('b', 2)] }))).toEqual({ ...none, late: 1 })
})
