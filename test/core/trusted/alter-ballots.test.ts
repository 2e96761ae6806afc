// Ballots altered by somebody who owns the database, one thing at a time. Each is named.
import { expect, test } from 'vitest'
import { type Alteration, found, leafAt, rebuild, rewrite, rowAt, sign } from './alter.ts'
import { goodLog, hex, MAC_KEY } from './good-log.ts'

const alterations: Alteration[] = [
  [
    'a ballot removed, its leaf left',
    (s) => {
      leafAt(s, 'ballot', 5).ballots = []
      s.terms.ballotRows = 6
    },
    ['ballot-missing', 'result-ballots', 'tally'],
  ],
  [
    'a ballot and its leaf removed, the tree rebuilt',
    (s) => {
      s.leaves.splice(leafAt(s, 'ballot', 6).seq, 1)
      s.terms.ballotRows = 6
      rebuild(s)
    },
    ['close-unsigned', 'note-root', 'note-size', 'result-ballots', 'rolled-back', 'tally'],
  ],
  [
    'a ballot of no leaf',
    (s) => {
      s.strays.push({ right: 9, version: 1 })
      s.terms.ballotRows = 8
    },
    ['ballot-unlogged'],
  ],
  ['a ballot that no query shows', (s) => (s.terms.ballotRows = 8), ['ballot-rows']],
  [
    'two ballots of one leaf',
    (s) => {
      const leaf = leafAt(s, 'ballot', 5)
      leaf.ballots = [leaf.ballots[0]!, { ...leaf.ballots[0]!, right: 9 }]
      s.terms.ballotRows = 8
    },
    ['ballot-twice'],
  ],
  [
    'a ballot that names the leaf of a claim',
    (s) => {
      leafAt(s, 'claimed').ballots = [{ ...rowAt(s, 0) }]
      s.terms.ballotRows = 8
    },
    ['ballot-leaf'],
  ],
  ['another box', (s) => (rowAt(s, 5).box = new Uint8Array(64)), ['ballot-box']],
  [
    'two boxes in each other’s place',
    (s) => {
      const [a, b] = [rowAt(s, 5), rowAt(s, 6)]
      ;[a.box, b.box] = [b.box, a.box]
    },
    ['ballot-box'],
  ],
  [
    'another box, leaf and tree rebuilt around it',
    (s) => {
      const leaf = leafAt(s, 'ballot', 5)
      rewrite(leaf, () => ({ box: hex(5), commitment: hex(4) }))
      rebuild(s)
    },
    ['ballot-box', 'ballot-right', 'forked', 'leaf-mac', 'note-root'],
  ],
  ['another receipt number', (s) => (rowAt(s, 5).receipt = rowAt(s, 6).receipt), ['ballot-receipt']],
  ['a ballot moved to another right', (s) => (rowAt(s, 5).right = 9), ['ballot-right', 'right-unclaimed']],
  [
    'a ballot moved under a right’s later one, so that it counts no more',
    (s) => {
      rowAt(s, 5).right = 8
      rowAt(s, 6).version = 2
    },
    ['ballot-right', 'result-ballots', 'tally'],
  ],
  [
    'a copy of a ballot for another right',
    (s) => {
      const leaf = leafAt(s, 'ballot', 6)
      s.leaves.splice(leaf.seq + 1, 0, { ...leaf, ballots: [{ ...leaf.ballots[0]!, right: 9 }] })
      s.terms.ballotRows = 8
      sign(s)
    },
    ['ballot-right', 'leaf-twice', 'result-ballots', 'right-unclaimed', 'tally'],
  ],
  [
    'the order of a re-vote’s versions',
    (s) => {
      rowAt(s, 0).version = 2
      rowAt(s, 2).version = 1
    },
    ['ballot-version'],
  ],
  ['the channel of a ballot', (s) => (rowAt(s, 5).channel = 'paper'), ['ballot-channel']],
  [
    'the village of a right',
    (s) => {
      rowAt(s, 5).village = '11'
      s.rights[6]!.village = '11'
    },
    ['ballot-village', 'result-ballots', 'roll-rows', 'tally'],
  ],
  ['a second vote where one is allowed', (s) => (s.terms.revote = 'none'), ['second-vote']],
  [
    'a ballot behind CLOSE',
    (s) => {
      const leaf = leafAt(s, 'ballot', 6)
      s.leaves.splice(leaf.seq, 1)
      s.leaves.splice(leafAt(s, 'phase', 2).seq - 1, 0, leaf)
      sign(s)
    },
    ['ballot-after-close'],
  ],
  [
    'a ballot before the opening',
    (s) => {
      const leaf = leafAt(s, 'ballot', 5)
      s.leaves.splice(leaf.seq, 1)
      s.leaves.splice(4, 0, leaf)
      sign(s)
    },
    ['ballot-before-opening', 'result-ballots', 'set-aside', 'tally'],
  ],
  [
    'a ballot set aside by one official',
    (s) => {
      rewrite(leafAt(s, 'ballot-set-aside'), () => ({ by: hex(8) }), MAC_KEY)
      sign(s)
    },
    ['one-official'],
  ],
  [
    'a ballot set aside that was superseded',
    (s) => {
      rewrite(leafAt(s, 'ballot-set-aside'), () => ({ seq: leafAt(s, 'ballot', 0).seq }), MAC_KEY)
      sign(s)
    },
    ['result-ballots', 'set-aside', 'tally'],
  ],
]

test.each(alterations)('%s', (_, alter, faults) => {
  const story = goodLog()
  alter(story)
  expect(found(story)).toEqual(faults)
})
