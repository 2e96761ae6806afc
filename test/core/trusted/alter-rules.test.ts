// Rules, phases, secrets and results altered by somebody who owns the database. Each is named.
import { expect, test } from 'vitest'
import { resultHash } from '../../../src/core/audit/result-hash.ts'
import { type Alteration, at, cycle, found, grow, leafAt, rewrite, sign } from './alter.ts'
import { goodLog, hex, MAC_KEY, TALLIES } from './good-log.ts'

const alterations: Alteration[] = [
  // Rules, phases, times, secrets.
  [
    'another title',
    (s) =>
      ((s.terms.rules!.villages[0]!.pots[0]!.projects[1]! as { title: unknown }).title = {
        kk: 'y',
        ru: 'y',
      }),
    ['frozen'],
  ],
  [
    'another budget',
    (s) => ((s.terms.rules!.villages[0]!.pots[0]! as { budget: number }).budget = 5_000_000),
    ['frozen'],
  ],
  [
    'another cost',
    (s) => ((s.terms.rules!.villages[0]!.pots[0]!.projects[1]! as { cost: number }).cost = 14_000_000),
    ['frozen'],
  ],
  [
    'another counting rule, fingerprints zeroed',
    (s) => {
      s.terms.rules = { ...s.terms.rules!, rule: { ...s.terms.rules!.rule, minVotes: 2 } as never }
      s.terms.stored = undefined
    },
    ['frozen'],
  ],
  ['another key beside the cycle', (s) => (s.terms.stored!.key = hex(0)), ['frozen']],
  ['another seed commitment beside the cycle', (s) => (s.terms.stored!.seed = hex(0)), ['frozen']],
  ['another tie seed among the secrets', (s) => (s.terms.secrets!.seed = hex(0)), ['secret']],
  ['another ballot key among the secrets', (s) => (s.terms.secrets!.key = hex(0)), ['secret']],
  ['the phase set back', (s) => (s.terms.phase = 'voting'), ['phase']],
  [
    'the phase set back while counting',
    (s) => {
      s.terms.phase = 'counting'
      s.terms.results.forEach((r) => (r.published = false))
    },
    ['phase', 'published-missing'],
  ],
  [
    'an opening removed',
    (s) => {
      s.leaves.splice(leafAt(s, 'opened').seq, 1)
      sign(s)
    },
    ['ballot-before-opening', 'opening-missing', 'opening-order', 'result-ballots', 'set-aside', 'tally'],
  ],
  [
    'a second opening',
    (s) => grow(s, 'closed', { kind: 'opened', at, cycle, rules: hex(0), key: hex(0), seed: hex(0) }),
    ['opening-twice'],
  ],
  ['a second close', (s) => grow(s, undefined, { kind: 'closed', cycle }), ['close-twice', 'leaf-twice']],
  [
    'a way changed behind CLOSE',
    (s) => {
      const leaf = leafAt(s, 'way-changed')
      s.leaves.splice(leaf.seq, 1)
      s.leaves.push(leaf)
      sign(s)
    },
    ['act-after-close'],
  ],
  [
    'the vote closed before its time',
    (s) => {
      rewrite(leafAt(s, 'phase', 2), () => ({ at }), MAC_KEY)
      sign(s)
    },
    ['closed-early'],
  ],
  // Results.
  [
    'another winner in a stored result',
    (s) => ((s.terms.results[0]! as { count: unknown }).count = { winners: ['q11'], spent: 5_000_000 }),
    ['result-hash'],
  ],
  [
    'another result with its own hash',
    (s) => {
      const row = s.terms.results[0]!
      row.count = { winners: [] }
      row.hash = resultHash(cycle, row, row.ballots, row.count)
    },
    ['published-hash', 'result-unlogged'],
  ],
  [
    'a result said to be of another pot',
    (s) => {
      const row = s.terms.results[0]!
      ;(row as { pot: string }).pot = 'green'
      row.hash = resultHash(cycle, row, row.ballots, row.count)
    },
    ['published-hash', 'result-missing', 'result-unlogged'],
  ],
  [
    'another number of ballots in a result',
    (s) => {
      const row = s.terms.results[0]!
      row.ballots = 9
      row.hash = resultHash(cycle, row, 9, row.count)
    },
    ['published-hash', 'result-ballots', 'result-unlogged'],
  ],
  [
    'a result removed',
    (s) => (s.terms.results = s.terms.results.slice(1)),
    ['published-hash', 'result-missing'],
  ],
  [
    'a result shown before it was published',
    (s) => {
      s.leaves.splice(-2)
      s.terms.phase = 'counting'
      sign(s)
    },
    ['published-missing', 'published-unlogged'],
  ],
  [
    'counted again after the publication',
    (s) =>
      grow(s, undefined, {
        kind: 'counted',
        at,
        cycle,
        village: '11',
        pot: 'general',
        result: hex(3),
        ballots: TALLIES['11'],
        by: 'command',
      }),
    ['counted-late'],
  ],
  [
    'published twice',
    (s) =>
      grow(s, undefined, {
        kind: 'published',
        at: '2026-03-01T04:00:00.001Z',
        cycle,
        result: hex(3),
        by: 'command',
      }),
    ['published-twice'],
  ],
  [
    'a count that does not say where the ballots went',
    (s) => {
      rewrite(leafAt(s, 'counted'), () => ({ ballots: { ...TALLIES['11'], counted: 3, void: 0 } }), MAC_KEY)
      sign(s)
    },
    ['tally'],
  ],
]

test.each(alterations)('%s', (_, alter, faults) => {
  const story = goodLog()
  alter(story)
  expect(found(story)).toEqual(faults)
})
