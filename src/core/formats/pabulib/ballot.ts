// The ballot of a file in our terms. The other way, each ballot type says itself how a file names it.
import type { BallotTerms } from '../../ballots/index.ts'
import { fail, ok, type Result } from '../../result.ts'
import type { PabulibFile } from './file.ts'
import { isWithdrawn } from './election.ts'
import { metaNumber, metaText } from './meta.ts'
import { wholePart } from './cells.ts'

/** A limit on ballots that none of our ballot types has, by its key in META. */
export type BallotLimit = { kind: 'limit-not-supported'; key: string }

/** Limits that are numbers: one that cannot be read is not passed over. */
const NUMBERS =
  'min_length max_length min_points max_points min_sum_points max_sum_points default_score'.split(' ')

/** Limits that only a limit of another kind could stand for. */
const OTHERS = [
  'min_sum_cost',
  'max_sum_cost_per_category',
  'min_length_per_category',
  'max_length_per_category',
]

/**
 * The ballot on which the voters of a file voted; the inverse of what ballot types say of themselves. An approval with a limit on its sum of costs
 * that can be reached is a knapsack ballot. A cumulative ballot gives each project that it names a point at least.
 */
export function ballotOfPabulib({
  meta,
  projects,
}: Pick<PabulibFile, 'meta' | 'projects'>): Result<BallotTerms, BallotLimit> {
  const limit = (key: string) => fail<BallotLimit>({ kind: 'limit-not-supported', key })
  const stated = (key: string) => metaText(meta, key)?.trim() ?? ''
  const other = OTHERS.find((key) => !['', '0'].includes(stated(key)))
  if (other !== undefined) return limit(other)
  const number = (key: string) => metaNumber(meta, key)
  const unread = NUMBERS.find((key) => stated(key) !== '' && number(key) === undefined)
  if (unread !== undefined) return limit(unread)
  const listed = projects.filter(({ cost }) => !isWithdrawn(cost, meta))
  const max = Math.max(1, Math.min(listed.length, number('max_length') ?? listed.length))
  const min = Math.min(max, Math.max(1, number('min_length') ?? 1))
  switch (meta.voteType) {
    case 'approval': {
      if (stated('max_sum_cost') === '') return ok({ kind: 'approval', min, max })
      const budget = wholeMoney(stated('max_sum_cost'))
      if (budget === undefined) return limit('max_sum_cost')
      const all = listed.reduce((sum, { cost }) => sum + cost, 0)
      if (budget >= all) return ok({ kind: 'approval', min, max })
      return max < listed.length ? limit('max_length') : ok({ kind: 'knapsack', min, budget })
    }
    case 'choose-1':
      return ok({ kind: 'choose-1' })
    case 'ordinal':
      return ok({ kind: 'ranking', min, max })
    case 'cumulative': {
      const maxSum = number('max_sum_points')
      if (maxSum === undefined) return limit('max_sum_points')
      const least = Math.max(1, number('min_points') ?? 1)
      const most = Math.max(least, number('max_points') ?? maxSum)
      const minSum = number('min_sum_points') ?? 0
      return ok({ kind: 'points', min, max, least, most, minSum, maxSum, unlisted: 0 })
    }
    case 'scoring': {
      const [least, most] = [number('min_points'), number('max_points')]
      if (least === undefined) return limit('min_points')
      if (most === undefined) return limit('max_points')
      const unlisted = number('default_score') ?? 0
      return ok({ kind: 'points', min, max, least, most, minSum: 0, maxSum: null, unlisted })
    }
  }
}

/** Whole units, rounded down as budget and costs are. */
const wholeMoney = (text: string): number | undefined =>
  /^[+-]/.test(text) ? undefined : wholePart(text)?.value
