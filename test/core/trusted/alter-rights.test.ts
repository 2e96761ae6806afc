// Roll, ways, cards and claims altered by somebody who owns the database. Each is named.
import { expect, test } from 'vitest'
import { decodeEvent } from '../../../src/core/audit/event.ts'
import { type Alteration, found, leafAt, rewrite, sign } from './alter.ts'
import { goodLog, hex, leafOf, MAC_KEY, type Story } from './good-log.ts'

/** The log says that the official who hands over the cards printed two of them. */
function print(story: Story): void {
  rewrite(leafAt(story, 'cards-printed'), () => ({ by: hex(9) }), MAC_KEY)
  sign(story)
}

const alterations: Alteration[] = [
  [
    'a row added to the roll',
    (s) => s.rights.push({ right: 11, register: 11, village: '12', way: 'open' }),
    ['roll-rows'],
  ],
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
  ['a reissue that killed nothing', (s) => (s.cards[8]!.state = 'handed_over'), ['card-state']],
  [
    'a reissue of a card in somebody’s hands by one official',
    (s) => {
      const leaf = leafAt(s, 'cards-reissued')
      const event = decodeEvent(leaf.body)
      if (!event.ok || event.value.kind !== 'cards-reissued') throw new Error('no reissue')
      const { second: _, ...alone } = event.value
      Object.assign(leaf, leafOf(leaf.seq, alone))
      sign(s)
    },
    ['one-official'],
  ],
  [
    'a reissue that one official proposed and confirmed',
    (s) => {
      rewrite(leafAt(s, 'cards-reissued'), () => ({ second: hex(9) }), MAC_KEY)
      sign(s)
    },
    ['one-official'],
  ],
  ['cards handed over by who printed them', (s) => print(s), ['cards-by-printer']],
  [
    'cards handed over by who printed them, and the act says that nobody else was there',
    (s) => {
      rewrite(leafAt(s, 'cards-handed-over'), () => ({ alone: true }), MAC_KEY)
      print(s)
    },
    [],
  ],
  [
    'a claim given back that there was not',
    (s) => {
      rewrite(leafAt(s, 'claim-released'), () => ({ claim: hex(66) }), MAC_KEY)
      sign(s)
    },
    ['claim-released', 'claims'],
  ],
  ['a claim by a card that was replaced', (s) => (s.claims[5]!.serial = 3), ['claim-card']],
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
    ['card-list', 'card-state', 'cards-fewer', 'claim-card'],
  ],
  ['a claim given to another account', (s) => (s.claims[0]!.account = '666'), ['claim-unlogged', 'claims']],
  [
    'a claim past the log',
    (s) =>
      s.claims.push({
        right: 9,
        village: '12',
        account: '666',
        nonce: new Uint8Array(32),
        erased: null,
        serial: 5,
      }),
    ['claim-unlogged'],
  ],
  ['a claim without its card', (s) => (s.claims[0]!.serial = null), ['claim-card']],
  ['a claim removed of a right that voted', (s) => s.claims.splice(0, 1), ['claims', 'right-unclaimed']],
  [
    'the account of a voter taken away, as if erased',
    (s) => Object.assign(s.claims[0]!, { account: null, nonce: null }),
    ['claim-erased'],
  ],
  [
    'the account of a voter taken away with the mark of another erasure',
    (s) => Object.assign(s.claims[0]!, { account: null, nonce: null, erased: s.claims[1]!.erased }),
    ['claim-erased'],
  ],
  [
    'a claim made to look erased',
    (s) => s.claims.push({ right: 9, village: '12', account: null, nonce: null, erased: null, serial: 5 }),
    ['claim-erased', 'claims'],
  ],
  [
    'stuffing: a row, a card, a claim and a ballot past the program',
    (s) => {
      s.rights.push({ right: 11, register: 11, village: '12', way: 'open' })
      s.claims.push({
        right: 11,
        village: '12',
        account: '666',
        nonce: new Uint8Array(32),
        erased: null,
        serial: 6,
      })
      s.cards.push({
        village: '12',
        serial: 6,
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
      'claim-card',
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
