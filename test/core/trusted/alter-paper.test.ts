// Paper boxes altered by somebody who owns the database, or entered as nobody may. Each is named.
import { expect, test } from 'vitest'
import { type Alteration, found, leafAt, rewrite, sign } from './alter.ts'
import { goodLog, hex, leafOf, MAC_KEY, type Story } from './good-log.ts'
import type { Event } from '../../../src/core/audit/event.ts'

/** The leaf of the box says something else, and the log is signed over it. */
const said = (kind: 'paper-entered' | 'paper-explained', change: object) => (story: Story) => {
  rewrite(leafAt(story, kind), () => change, MAC_KEY)
  sign(story)
}

/** Another leaf in the place of one. */
const instead = (story: Story, kind: Event['kind'], event: Event) => {
  const leaf = leafAt(story, kind)
  Object.assign(leaf, leafOf(leaf.seq, event))
  sign(story)
}

const exported = (at: string): Event => ({
  kind: 'exported',
  at,
  cycle: 'aiagoz',
  what: 'x',
  by: 'command',
})

const alterations: Alteration[] = [
  [
    'a box with another byte',
    (s) => (s.terms.papers = [{ village: '11', box: new Uint8Array(9), note: hex(21) }]),
    ['paper-row'],
  ],
  ['a box removed', (s) => (s.terms.papers = []), ['paper-row']],
  [
    'a note that nobody wrote in public',
    (s) => (s.terms.papers = [{ ...s.terms.papers![0]!, note: hex(3) }]),
    ['paper-row'],
  ],
  ['a box by one person', said('paper-entered', { second: hex(9) }), ['one-official']],
  ['a box that counts more papers', said('paper-entered', { ballots: 2 }), ['result-ballots', 'tally']],
  ['a box that says that more were handed out', said('paper-entered', { marks: 2 }), ['paper-marks']],
  [
    'a box of a village without papers',
    said('paper-entered', { village: '12' }),
    ['paper-marks', 'paper-note', 'paper-open', 'paper-row', 'result-ballots', 'tally'],
  ],
]

test.each(alterations)('%s', (_, alter, faults) => {
  const story = goodLog()
  alter(story)
  expect(found(story)).toEqual(faults)
})

test('a village is counted only once its box is settled', () => {
  const without = goodLog()
  instead(without, 'paper-explained', exported('2026-03-12T09:00:00Z'))
  without.terms.papers = [{ ...without.terms.papers![0]!, note: undefined }]
  expect(found(without), 'numbers that do not fit, and no note').toEqual(['paper-open'])
  const unentered = goodLog()
  instead(unentered, 'paper-entered', exported('2026-03-12T09:00:00Z'))
  instead(unentered, 'paper-explained', exported('2026-03-12T09:00:01Z'))
  unentered.terms.papers = []
  expect(found(unentered), 'nobody entered the box').toEqual(['paper-open', 'result-ballots', 'tally'])
})

test('whoever reads the log alone finds the same', () => {
  const story = goodLog()
  delete story.terms.papers
  expect(found(story)).toEqual([])
})
