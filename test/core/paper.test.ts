// What a clerk types of a paper box: each line a paper, and two entries compared as heaps, whatever their order.
import { expect, test } from 'vitest'
import { canonicalPapers, paperCommitment } from '../../src/core/audit/paper.ts'
import { toHex } from '../../src/core/bytes.ts'
import type { BallotTerms } from '../../src/core/ballots/index.ts'
import { asTyped, moreOften, papersFit, readPapers } from '../../src/core/paper.ts'

const projects = ['p-1', 'p-2', 'p-3', 'p-10'].map((id, at) => ({ id, number: at + 1, cost: 100 }))
const approval = { kind: 'approval', min: 1, max: 2 } as const
const one = (terms: BallotTerms) => [{ pot: 'general', terms, projects }]
const read = (text: string) => readPapers(text, one(approval))

test('papers are read as people write them, piles of alike ones too, and an invalid one is a dash', () => {
  const read1 = read('2 1\n\n 3x 4\n№3, 1.\n2х -\n—\n١ ٢')
  expect(read1).toEqual({
    ok: true,
    value: {
      ballots: ['p-1,p-2', 'p-1,p-2', 'p-1,p-3', 'p-10', 'p-10', 'p-10'].map((list) => `general:${list}`),
      spoiled: 3,
    },
  })
  expect(asTyped('general:p-1,p-10', projects)).toBe('1 4')
})

test('of several budgets one line has all marks; each section is read by its own rule, and one that is left out is blank', () => {
  const roads = projects.slice(0, 2)
  const people = projects.slice(2)
  const sections = [
    { pot: 'roads', terms: { kind: 'approval', min: 1, max: 1 } as const, projects: roads },
    { pot: 'people', terms: approval, projects: people },
  ]
  const both = readPapers('4 1 3\n2\n-\n2x3', sections)
  expect(both).toEqual({
    ok: true,
    value: {
      ballots: [
        'roads:\npeople:p-3',
        'roads:\npeople:p-3',
        'roads:p-1\npeople:p-3,p-10',
        'roads:p-2\npeople:',
      ],
      spoiled: 1,
    },
  })
  expect(asTyped('roads:p-1\npeople:p-3,p-10', projects)).toBe('1 3 4')
  expect(readPapers('1 2 3', sections)).toMatchObject({ problem: { kind: 'not-valid', line: 1 } })
})

test('a line that is no paper of this vote is named', () => {
  expect(read('1\n5')).toMatchObject({ problem: { kind: 'unknown-number', line: 2, number: 5 } })
  expect(read('1\nx 2')).toMatchObject({ problem: { kind: 'not-understood', line: 2 } })
  expect(read('0x 2')).toMatchObject({ problem: { kind: 'not-understood', line: 1 } })
  expect(read('1 2 3')).toMatchObject({
    problem: { kind: 'not-valid', line: 1, problem: { kind: 'too-many' } },
  })
  expect(read('1 1')).toMatchObject({ problem: { kind: 'not-valid' } })
  expect(read(' \n')).toMatchObject({ problem: { kind: 'empty' } })
  expect(read('9999x 1')).toMatchObject({ problem: { kind: 'too-many' } })
})

test('points and rankings are typed as they are marked', () => {
  const points = { kind: 'points', minSum: 1, maxSum: 10, most: 10 } as unknown as BallotTerms
  const typed = readPapers('3=4 1=6', one(points))
  if (typed.ok) expect(asTyped(typed.value.ballots[0] ?? '', projects)).toBe('1=6 3=4')
  const ranking = { kind: 'ranking', min: 1, max: 3 } as unknown as BallotTerms
  const ranked = readPapers('3 1', one(ranking))
  if (ranked.ok) expect(ranked.value.ballots).toEqual(['general:p-3,p-1'])
})

test('two heaps differ by what one has more of, and not by their order', () => {
  expect([...moreOften(['a', 'b', 'a'], ['a', 'c', 'b'])]).toEqual([['a', 1]])
  expect(moreOften(['a', 'b'], ['b', 'a']).size).toBe(0)
  expect(canonicalPapers(['general:p-2', 'general:', 'general:p-1,p-2'])).toBe(
    'general:\ngeneral:p-1,p-2\ngeneral:p-2',
  )
})

test('the log says nothing of a box without its nonce, and is bound to cycle, village and every paper', () => {
  const nonce = new Uint8Array(32).fill(7)
  const made = (cycle: string, village: string, papers: string) =>
    toHex(paperCommitment({ cycle, village }, nonce, papers))
  const all = [made('ab', 'c', 'x'), made('a', 'bc', 'x'), made('ab', 'c', 'x\nx'), made('ab', 'd', 'x')]
  expect(new Set(all).size).toBe(4)
  expect(() => paperCommitment({ cycle: 'a', village: 'b' }, new Uint8Array(31), '')).toThrow(RangeError)
})

test('as many papers lie in the box as were handed out and did not come back', () => {
  expect(papersFit({ ballots: 10, spoiled: 1, returned: 2, marks: 13 })).toBe(true)
  expect(papersFit({ ballots: 11, spoiled: 1, returned: 2, marks: 13 })).toBe(false)
})
