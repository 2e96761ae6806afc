// Time without Telegram altered by somebody who owns the database, or told by a program that breaks the rule. Each is named.
import { expect, test } from 'vitest'
import { type Alteration, at, cycle, found, grow } from './alter.ts'
import { goodLog, type Story } from './good-log.ts'

/** Telegram was away before the close on the tenth, for so many minutes from 22:00 on; `more`: what its leaf says otherwise. */
const gone = (story: Story, minutes: number, more: object = {}): void => {
  const until = new Date(Date.parse('2026-03-09T22:00:00.000Z') + minutes * 60_000).toISOString()
  const event = {
    kind: 'telegram-away',
    at: until,
    cycle,
    from: '2026-03-09T22:00:00.000Z',
    until,
    ...more,
  } as const
  grow(story, 'way-changed', event)
  const { from, closes_at: to } = event as { from: string; closes_at?: string }
  story.terms.aways = [...(story.terms.aways ?? []), { from, until, closesAt: to ?? null }]
}
const awayLeaf = {
  kind: 'telegram-away',
  at: '2026-03-12T01:00:00.000Z',
  cycle,
  from: '2026-03-12T00:10:00.000Z',
  until: '2026-03-12T00:20:00.000Z',
} as const
const LATER = { closes_at: '2026-03-11T00:00:00.000Z' }

const alterations: Alteration[] = [
  ['a close that an outage did not move', (s) => gone(s, 31), ['away-close']],
  ['a close that moved after too short an outage', (s) => gone(s, 30, LATER), ['away-close']],
  [
    'a close that moved further than the rule says',
    (s) => gone(s, 31, { closes_at: '2026-03-11T01:00:00.000Z' }),
    ['away-close'],
  ],
  [
    'a close that moved twice',
    (s) => {
      gone(s, 31, LATER)
      gone(s, 50, { from: '2026-03-09T22:31:00.000Z', closes_at: '2026-03-12T00:00:00.000Z' })
    },
    ['away-close'],
  ],
  [
    'an outage that is counted twice',
    (s) => {
      gone(s, 20)
      gone(s, 25)
    },
    ['away-close', 'away-order'],
  ],
  ['an outage that ends before it began', (s) => gone(s, -5), ['away-order']],
  ['an outage that is told of before it ended', (s) => gone(s, 20, { at }), ['away-order']],
  [
    'an outage where the rules move no close',
    (s) => {
      gone(s, 31, LATER)
      Reflect.deleteProperty(s.terms.rules as object, 'away')
    },
    ['away-close', 'away-order', 'frozen'],
  ],
  [
    'an outage that is not stored',
    (s) => {
      gone(s, 31, LATER)
      s.terms.aways = []
    },
    ['aways'],
  ],
  ['an outage behind the close', (s) => grow(s, undefined, awayLeaf), ['act-after-close', 'away-order']],
]

test.each(alterations)('%s', (_, alter, faults) => {
  const story = goodLog()
  alter(story)
  expect(found(story)).toEqual(faults)
})

test('outages as they were, the last of which moved the close, hold', () => {
  const story = goodLog()
  gone(story, 20)
  gone(story, 45, { from: '2026-03-09T22:30:00.000Z', ...LATER })
  gone(story, 300, { from: '2026-03-09T22:50:00.000Z' })
  expect(found(story)).toEqual([])
})
