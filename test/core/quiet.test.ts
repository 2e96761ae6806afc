// Between nine in the evening and eight in the morning of Kazakhstan nobody is written to about what can wait.
import { expect, test } from 'vitest'
import { afterQuiet } from '../../src/core/quiet.ts'

test.each([
  ['2026-03-05T20:59:59+05:00', '2026-03-05T15:59:59.000Z'],
  ['2026-03-05T21:00:00+05:00', '2026-03-06T03:00:00.000Z'],
  ['2026-03-31T23:30:00+05:00', '2026-04-01T03:00:00.000Z'],
  ['2026-03-06T03:00:00+05:00', '2026-03-06T03:00:00.000Z'],
  ['2026-03-06T07:59:59+05:00', '2026-03-06T03:00:00.000Z'],
  ['2026-03-06T08:00:00+05:00', '2026-03-06T03:00:00.000Z'],
])('%s waits until %s', (moment, due) => {
  expect(afterQuiet(moment)).toBe(due)
})
