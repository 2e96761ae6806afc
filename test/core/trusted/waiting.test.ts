// Acts that are committed and have no number yet: they are heard if the program wrote them, and stop the reading if it did not.
import { expect, test } from 'vitest'
import { encodeEvent, type Event } from '../../../src/core/audit/event.ts'
import { leafHash } from '../../../src/core/audit/merkle.ts'
import { toHex } from '../../../src/core/bytes.ts'
import { type LeafWithBallots, readTrusted } from '../../../src/core/audit/trusted/read-trusted.ts'
import { at, cycle, kinds } from './alter.ts'
import { goodLog, hex, headOf, leafOf, type Story, tilesOf } from './good-log.ts'

/** The last `count` leaves are committed and not yet numbered; `others` come behind them. */
function read(story: Story, count: number, others: readonly LeafWithBallots[] = []) {
  const numbered = story.leaves.slice(0, story.leaves.length - count)
  const head = headOf(numbered)
  const heads = story.terms.heads.filter(({ size }) => size < numbered.length)
  const signed = [{ size: head.size, root: head.root }]
  const reading = readTrusted({ ...story.terms, heads: [...heads, head], signed })
  reading.leaves(numbered)
  reading.waiting([...story.leaves.slice(numbered.length), ...others])
  reading.tiles(tilesOf(numbered))
  reading.strays(story.strays)
  reading.rights(story.rights)
  reading.cards(story.cards)
  reading.claims(story.claims)
  const end = reading.end()
  return end.ok ? { faults: [], holds: end.value } : { faults: kinds(end.problem), holds: undefined }
}

const stranger = (event: Event): LeafWithBallots => {
  const body = encodeEvent(event)
  return { seq: -1, kind: event.kind, body, hash: leafHash(body), mac: new Uint8Array(32), ballots: [] }
}
const forged = stranger({ kind: 'extended', at, cycle, closes_at: at, by: 'command' })
const aside = (second: string) =>
  leafOf(0, { kind: 'leaf-set-aside', at, leaf: toHex(forged.hash), by: hex(9), second })

test('a publication that waits for its number counts like one that has it', () => {
  for (const count of [1, 2, 4]) expect(read(goodLog(), count).faults).toEqual([])
})

test('while CLOSE waits, no root of the close is relied on', () => {
  const story = goodLog()
  const behind = story.leaves.length - story.leaves.findIndex(({ kind }) => kind === 'closed')
  expect(read(story, behind - 1).holds?.closeRoot).toHaveLength(32)
  expect(read(story, behind)).toMatchObject({ faults: [], holds: { closeRoot: undefined } })
})

test('an act that the program did not write is named before it has a number', () => {
  expect(read(goodLog(), 0, [forged]).faults).toEqual(['leaf-waiting'])
})

test('two officials set it aside, one does not', () => {
  expect(read(goodLog(), 0, [forged, aside(hex(8))]).faults).toEqual([])
  expect(read(goodLog(), 0, [forged, aside(hex(9))]).faults).toEqual(['leaf-waiting'])
})

test('a ballot that hangs on an act set aside is in no log', () => {
  const story = goodLog()
  const [row] = story.leaves.find(({ ballots }) => ballots.length > 0)?.ballots ?? []
  if (!row) throw new Error('no ballot')
  story.terms.ballotRows++
  const carried = { ...forged, ballots: [{ ...row, version: 9 }] }
  expect(read(story, 0, [carried, aside(hex(8))]).faults).toEqual(['ballot-unlogged'])
})
