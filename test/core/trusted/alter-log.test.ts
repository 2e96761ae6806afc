// The log altered by somebody who owns the database: notes, tree, leaves, one thing at a time. Each is named.
import { expect, test } from 'vitest'
import { encodeEvent } from '../../../src/core/audit/event.ts'
import { leafMac } from '../../../src/core/audit/mac.ts'
import { leafHash } from '../../../src/core/audit/merkle.ts'
import type { TileRow } from '../../../src/core/audit/trusted/tiles.ts'
import { type Alteration, at, cycle, found, grow, leafAt, rebuild, rewrite, sign } from './alter.ts'
import { goodLog, headOf, hex, MAC_KEY, read, signer, TALLIES, tilesOf } from './good-log.ts'

test('an untouched cycle holds, whatever the pieces, and says where each ballot went', () => {
  for (const piece of [1, 2, 7, 1000]) expect(found(goodLog(), piece)).toEqual([])
  const reading = read(goodLog())
  if (!reading.ok) throw new Error('holds')
  expect(Object.fromEntries(reading.value.tallies)).toEqual(TALLIES)
  const story = goodLog()
  const seqOf = (nth: number) => leafAt(story, 'ballot', nth).seq
  expect(Object.fromEntries(reading.value.counted)).toEqual({
    1: seqOf(2),
    2: seqOf(1),
    7: seqOf(5),
    8: seqOf(6),
  })
  expect(reading.value.close).toBe(leafAt(story, 'closed').seq)
  expect(reading.value.size).toBe(story.leaves.length)
})

test('whoever has neither the key of the MACs nor the secrets reads the same log', () => {
  const story = goodLog()
  story.terms.macKey = undefined
  story.terms.secrets = undefined
  expect(found(story)).toEqual([])
  // Whose salt is withheld is attested: the log says that it was counted, and nobody can recount it.
  story.terms.results[1]!.salt = undefined
  expect(found(story)).toEqual([])
  story.terms.results[1]!.hash = hex(1)
  expect(found(story)).toEqual(['published-hash', 'result-unlogged'])
  story.terms.results[1]!.hash = goodLog().terms.results[1]!.hash
  // Which row went to paper nobody can tell then, but how many did.
  story.rights[6]!.way = 'paper'
  expect(found(story)).toEqual(['way'])
})

const otherFirst = (tile: TileRow): TileRow => ({
  ...tile,
  hashes: tile.hashes.map((byte, at) => (at === 0 ? byte ^ 1 : byte)),
})

const alterations: Alteration[] = [
  // Tiles.
  ['a tile altered', (s) => (s.tiles = tilesOf(s.leaves).map(otherFirst)), ['tile']],
  ['a tile removed', (s) => (s.tiles = []), ['tile-missing']],
  [
    'a tile too many',
    (s) => (s.tiles = tilesOf(s.leaves).flatMap((one) => [one, { ...one, index: 1 }])),
    ['tile'],
  ],
  ['tiles of fewer leaves', (s) => (s.tiles = tilesOf(s.leaves.slice(0, -1))), ['tile']],
  // Notes and tree.
  [
    'a note of another key',
    (s) => (s.terms.heads[2]!.note = headOf(s.leaves, signer(2)).note),
    ['note-foreign'],
  ],
  [
    'a note of another log',
    (s) => (s.terms.heads[2]!.note = headOf(s.leaves, undefined, 'dauys.example/other').note),
    ['note-foreign'],
  ],
  [
    'a signature one bit off',
    (s) =>
      (s.terms.heads[2]!.note = s.terms.heads[2]!.note.replace(
        /(.{30})(.)(.*\n)$/,
        (_, a, b, c) => a + (b === 'A' ? 'B' : 'A') + c,
      )),
    ['note-forged'],
  ],
  ['an older genuine note', (s) => (s.terms.heads[2]!.note = s.terms.heads[1]!.note), ['note-size']],
  ['a note that is none', (s) => (s.terms.heads[2]!.note = 'no note'), ['note-unreadable']],
  ['another root beside the note', (s) => (s.terms.heads[2]!.root = new Uint8Array(32)), ['note-root']],
  [
    'a forged right edge',
    (s) => (s.terms.heads[2]!.edge = s.terms.heads[2]!.edge.map(() => hex(0))),
    ['edge'],
  ],
  [
    'an edge with a hash too many',
    (s) => (s.terms.heads[2]!.edge = [...s.terms.heads[2]!.edge, hex(0)]),
    ['edge'],
  ],
  ['all heads removed', (s) => (s.terms.heads = []), ['head-missing']],
  ['the last head removed', (s) => (s.terms.heads = s.terms.heads.slice(0, 2)), ['leaf-unsigned']],
  ['a leaf removed from the middle', (s) => s.leaves.splice(9, 1), ['claims', 'gap', 'rolled-back', 'root']],
  [
    'the last leaves removed',
    (s) => s.leaves.splice(-2),
    ['gap', 'phase', 'published-missing', 'published-unlogged', 'rolled-back'],
  ],
  [
    'an older dump: shorter, but signed',
    (s) => {
      s.leaves.splice(-2)
      s.terms.heads = [headOf(s.leaves)]
      s.terms.phase = 'counting'
      s.terms.results.forEach((r) => (r.published = false))
    },
    ['close-unsigned', 'rolled-back'],
  ],
  [
    'two leaves in each other’s place',
    (s) => {
      const [a, b] = s.leaves.splice(0, 2)
      s.leaves.unshift(b!, a!)
      rebuild(s)
    },
    ['forked', 'note-root'],
  ],
  [
    'another history, signed with the key',
    (s) => {
      rewrite(s.leaves[1]!, () => ({ file: hex(2) }), MAC_KEY)
      s.terms.heads = [headOf(s.leaves)]
    },
    ['close-unsigned', 'forked'],
  ],
  // Leaves.
  [
    'a body that is not under its hash',
    (s) => (s.leaves[1]!.body = encodeEvent({ kind: 'cycle-created', at, cycle, by: 'command' })),
    ['leaf-hash', 'leaf-kind', 'leaf-mac', 'roll-rows'],
  ],
  [
    'a hash that is not of its body',
    (s) => (s.leaves[1]!.hash = new Uint8Array(32)),
    ['forked', 'leaf-hash', 'root'],
  ],
  [
    'a leaf and the tree over it rebuilt',
    (s) => {
      rewrite(s.leaves[1]!, () => ({ file: hex(2) }))
      rebuild(s)
    },
    ['forked', 'leaf-mac', 'note-root'],
  ],
  [
    'a body that is no event',
    (s) => {
      const leaf = s.leaves[1]!
      leaf.body = Uint8Array.of(1)
      leaf.hash = leafHash(leaf.body)
      rebuild(s)
    },
    ['forked', 'leaf-form', 'leaf-mac', 'note-root', 'roll-rows'],
  ],
  ['another kind beside the body', (s) => (s.leaves[1]!.kind = 'exported'), ['leaf-kind']],
  ['a MAC removed', (s) => (s.leaves[1]!.mac = null), ['leaf-mac']],
  [
    'a leaf with a MAC of another log',
    (s) => (s.leaves[1]!.mac = leafMac(MAC_KEY, 'dauys.example/other', s.leaves[1]!.body)),
    ['leaf-mac'],
  ],
  [
    'a leaf of another cycle',
    (s) => {
      rewrite(s.leaves[1]!, () => ({ cycle: 'other' }), MAC_KEY)
      sign(s)
    },
    ['leaf-cycle'],
  ],
  [
    'a leaf that the owner wrote, signed by a careless sequencer',
    (s) => {
      grow(s, 'closed', {
        kind: 'way-changed',
        at,
        cycle,
        village: '11',
        way: 'paper',
        row: hex(7),
        by: hex(9),
      })
      leafAt(s, 'way-changed', 1).mac = null
    },
    ['leaf-mac', 'paper-marks', 'way-missing'],
  ],
  [
    'a leaf entered twice',
    (s) => {
      const roll = s.leaves[1]!
      s.leaves.splice(2, 0, { ...roll })
      sign(s)
    },
    ['leaf-twice', 'result-ballots', 'set-aside', 'tally'],
  ],
]

test.each(alterations)('%s', (_, alter, faults) => {
  const story = goodLog()
  alter(story)
  expect(found(story)).toEqual(faults)
})
