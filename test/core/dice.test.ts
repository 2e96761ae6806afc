// The dice that decide ties: two people enter them alike, after the close, and nobody draws again.
import { expect, test } from 'vitest'
import { readDice } from '../../src/core/audit/dice.ts'

const at = '2026-03-01T04:00:00.000Z'
const closed = { kind: 'closed', cycle: 'auyl' } as const
const thrown = (dice: string, by: string) =>
  ({ kind: 'dice-thrown', at, cycle: 'auyl', dice, by: by.repeat(64) }) as const

test('dice that one person entered twice are not thrown; once another enters the same they are, and stay', () => {
  const dice = readDice()
  dice.hear(closed)
  dice.hear(thrown('4162533126', 'a'))
  dice.hear(thrown('4162533126', 'a'))
  expect(dice.thrown()).toBeUndefined()
  dice.hear(thrown('1111111111', 'b'))
  expect(dice.thrown()).toBeUndefined()
  dice.hear(thrown('4162533126', 'b'))
  dice.hear(thrown('1111111111', 'a'))
  expect(dice.thrown()).toBe('4162533126')
})

test('dice that were entered before the close are not thrown', () => {
  const dice = readDice()
  for (const by of ['a', 'b']) dice.hear(thrown('4162533126', by))
  dice.hear(closed)
  expect(dice.thrown()).toBeUndefined()
})
