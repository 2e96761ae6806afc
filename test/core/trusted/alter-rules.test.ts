// Rules, phases, secrets and results altered by somebody who owns the database. Each is named.
import { expect, test } from 'vitest'
import { resultHash } from '../../../src/core/audit/result-hash.ts'
import { type Alteration, at, cycle, found, grow, leafAt, rewrite, sign } from './alter.ts'
import type { HaltRow } from '../../../src/core/audit/trusted/halts.ts'
import { goodLog, hex, MAC_KEY, type Story, TALLIES } from './good-log.ts'

const STOOD: HaltRow = {
  kind: 'suspended',
  at: '2026-03-05T00:00:00.000Z',
  until: '2026-03-06T04:00:00.000Z',
  reason: hex(3),
}
const officials = { cycle, by: hex(9), second: hex(8) }
const suspended = { kind: 'suspended', at: STOOD.at, reason: STOOD.reason, ...officials } as const
/** The close was on the tenth. */
const resumed = {
  kind: 'resumed',
  at: STOOD.until ?? '',
  closes_at: '2026-03-11T04:00:00.000Z',
  ...officials,
} as const
/** The vote stood still for 28 hours, and nobody voted meanwhile. */
function stand(story: Story, stored: Partial<HaltRow> = {}): void {
  grow(story, 'way-changed', suspended, resumed)
  story.terms.halts = [{ ...STOOD, ...stored }]
}

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
    ['act-after-close', 'paper-marks'],
  ],
  [
    'a list of projects that came once voting was open',
    (s) =>
      grow(s, 'way-changed', {
        kind: 'projects-imported',
        at,
        cycle,
        projects: { 11: 2 },
        list: hex(3),
        by: hex(9),
      }),
    ['act-after-opening'],
  ],
  [
    'the vote closed before its time',
    (s) => {
      rewrite(leafAt(s, 'phase', 2), () => ({ at }), MAC_KEY)
      sign(s)
    },
    ['closed-early'],
  ],
  // When the vote stood still.
  [
    'a ballot cast while it was suspended',
    (s) => {
      stand(s)
      const [leaf] = s.leaves.splice(leafAt(s, 'suspended').seq, 1)
      if (leaf) s.leaves.splice(leafAt(s, 'ballot', 6).seq, 0, leaf)
      sign(s)
    },
    ['act-while-halted'],
  ],
  ['a suspension that began earlier, as stored', (s) => stand(s, { at }), ['halts']],
  [
    'a suspension that is not stored',
    (s) => {
      stand(s)
      s.terms.halts = []
    },
    ['halts'],
  ],
  [
    'a close moved by more than was lost',
    (s) => {
      stand(s)
      rewrite(leafAt(s, 'resumed'), () => ({ closes_at: '2026-03-11T04:00:01.000Z' }), MAC_KEY)
      sign(s)
    },
    ['resumed-close'],
  ],
  [
    'a suspension by one official',
    (s) => {
      stand(s)
      rewrite(leafAt(s, 'suspended'), () => ({ second: hex(9) }), MAC_KEY)
      sign(s)
    },
    ['one-official'],
  ],
  ['resumed while it ran', (s) => grow(s, 'way-changed', resumed), ['halt-order', 'resumed-close']],
  [
    'suspended behind CLOSE',
    (s) => {
      grow(s, 'ballot-set-aside', suspended, resumed)
      s.terms.halts = [STOOD]
    },
    ['halt-order', 'resumed-close'],
  ],
  [
    'counted although it is void',
    (s) => {
      grow(s, 'counted', { ...suspended, kind: 'voided' })
      s.terms.halts = [{ ...STOOD, kind: 'void', until: null }]
    },
    ['act-while-halted'],
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
      row.hash = resultHash(cycle, row, row.ballots, row.count, String(row.salt))
    },
    ['published-hash', 'result-unlogged'],
  ],
  [
    'another result with a fingerprint of no salt',
    (s) => {
      const row = s.terms.results[0]!
      row.hash = resultHash(cycle, row, row.ballots, row.count, '')
    },
    ['published-hash', 'result-hash', 'result-unlogged'],
  ],
  [
    'a result said to be of another pot',
    (s) => {
      const row = s.terms.results[0]!
      ;(row as { pot: string }).pot = 'green'
      row.hash = resultHash(cycle, row, row.ballots, row.count, String(row.salt))
    },
    ['published-hash', 'result-missing', 'result-unlogged'],
  ],
  [
    'another number of ballots in a result',
    (s) => {
      const row = s.terms.results[0]!
      row.ballots = 9
      row.hash = resultHash(cycle, row, 9, row.count, String(row.salt))
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

test('a vote that stood still, and whose close moved by what was lost, holds', () => {
  const story = goodLog()
  stand(story)
  expect(found(story)).toEqual([])
})
