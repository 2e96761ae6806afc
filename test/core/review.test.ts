// Which votes of villages are under review, by the acts of a log.
import { expect, test } from 'vitest'
import { reviewsOf } from '../../src/core/review.ts'

test('acts are read by the moments in them, in whatever order they lie', () => {
  const act = (kind: 'review-opened' | 'review-closed', hour: number, village = '7') => ({
    kind,
    at: `2026-03-01T0${hour}:00:00.000Z`,
    cycle: 'a',
    village,
    by: 'a'.repeat(64),
    second: 'b'.repeat(64),
  })
  const [first, end, second] = [act('review-opened', 1), act('review-closed', 2), act('review-opened', 3)]
  expect(reviewsOf([second, end, first, act('review-closed', 4, '8')]).get('7')).toEqual({
    turns: 3,
    since: second.at,
  })
  expect(reviewsOf([end, first]).get('7')).toEqual({ turns: 2 })
})
