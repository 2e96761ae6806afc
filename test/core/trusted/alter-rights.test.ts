// Roll, ways, cards and claims altered by somebody who owns the database. Each is named.
import { expect, test } from 'vitest'
import { type Alteration, found, leafAt, rewrite, sign } from './alter.ts'
import { goodLog, hex } from './good-log.ts'

const alterations: Alteration[] = [
  ['a row added to the roll', (s) => s.rights.push({ right: 11, village: '12', way: 'open' }), ['roll-rows']],
  ['a row taken from the roll that voted', (s) => s.rights.splice(6, 1), ['right-unknown']],
  ['a right sent to paper past the log', (s) => (s.rights[6]!.way = 'paper'), ['way']],
  ['a right taken back from paper', (s) => (s.rights[2]!.way = 'open'), ['way']],
  [
    'the row on paper removed',
    (s) => s.rights.splice(2, 1),
    ['result-ballots', 'right-unknown', 'tally', 'way-missing'],
  ],
  ['cards handed over past the log', (s) => (s.cards[9]!.state = 'handed_over'), ['card-state']],
  ['a card handed over said to be printed only', (s) => (s.cards[0]!.state = 'printed'), ['card-state']],
  ['a card killed past the log', (s) => (s.cards[0]!.state = 'dead'), ['card-state']],
  ['a card given to another row', (s) => (s.cards[8]!.right = 10), ['card-row']],
  [
    'the cards of two voters swapped',
    (s) => {
      ;[s.cards[0]!.right, s.cards[1]!.right] = [2, 1]
    },
    ['card-row', 'claim-card'],
  ],
  ['another code under a card', (s) => (s.cards[0]!.code = new Uint8Array(32)), ['card-row']],
  [
    'another list under a hand-over',
    (s) => (s.terms.lists = new Map([...s.terms.lists].map(([seq, list]) => [seq, [...list, 10]]))),
    ['card-list', 'card-state', 'cards-fewer'],
  ],
  ['a claim given to another account', (s) => (s.claims[0]!.account = '666'), ['claim-unlogged', 'claims']],
  [
    'a claim past the log',
    (s) => s.claims.push({ right: 9, village: '12', account: '666', nonce: new Uint8Array(32), serial: 3 }),
    ['claim-unlogged'],
  ],
  ['a claim without its card', (s) => (s.claims[0]!.serial = null), ['claim-card']],
  ['a claim removed of a right that voted', (s) => s.claims.splice(0, 1), ['claims', 'right-unclaimed']],
  [
    'a claim made to look erased',
    (s) => s.claims.push({ right: 9, village: '12', account: null, nonce: null, serial: 3 }),
    ['claims'],
  ],
  [
    'stuffing: a row, a card, a claim and a ballot past the program',
    (s) => {
      s.rights.push({ right: 11, village: '12', way: 'open' })
      s.claims.push({ right: 11, village: '12', account: '666', nonce: new Uint8Array(32), serial: 5 })
      s.cards.push({
        village: '12',
        serial: 5,
        right: 11,
        state: 'handed_over',
        code: new Uint8Array(32),
        bond: null,
      })
      const leaf = leafAt(s, 'ballot', 6)
      const copy = { ...leaf, ballots: [{ ...leaf.ballots[0]!, right: 11, version: 1 }] }
      rewrite(copy, () => ({ commitment: hex(3) }))
      s.leaves.splice(leaf.seq + 1, 0, copy)
      s.terms.ballotRows = 8
      sign(s)
    },
    [
      'ballot-right',
      'card-row',
      'card-state',
      'claim-unlogged',
      'leaf-mac',
      'result-ballots',
      'roll-rows',
      'tally',
    ],
  ],
]

test.each(alterations)('%s', (_, alter, faults) => {
  const story = goodLog()
  alter(story)
  expect(found(story)).toEqual(faults)
})
