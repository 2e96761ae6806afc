// What a voter may do on a ballot, in one line; a type without words of its own stands by its name.
import type { BallotTerms } from '../core/ballots/index.ts'
import type { T } from '../i18n.ts'

type Lines = { [K in BallotTerms['kind']]?: (t: T, terms: Extract<BallotTerms, { kind: K }>) => string }

const LINES: Lines = {
  approval: (t, { max }) => t('common.ballot-approval', { max }),
  'choose-1': (t) => t('common.ballot-one'),
  knapsack: (t, { budget }) => t('common.ballot-knapsack', { sum: t.money(budget) }),
  points: (t, { maxSum, most }) =>
    maxSum === null ? t('common.ballot-grades', { most }) : t('common.ballot-points', { points: maxSum }),
  ranking: (t, { max }) => t('common.ballot-ranking', { max }),
}

export function ballotLine(t: T, terms: BallotTerms): string {
  const line = LINES[terms.kind] as ((t: T, terms: BallotTerms) => string) | undefined
  return line ? line(t, terms) : terms.kind
}
