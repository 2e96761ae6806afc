// Equal Shares with nothing added: what stories about it vary.
import type { EqualSharesTerms } from '../../src/core/counting/equal-shares-terms.ts'

export const plainShares: EqualSharesTerms = {
  rule: 'equal-shares',
  utility: 'cost',
  completion: 'none',
  start: 'exact',
  exhaustive: false,
  comparison: 'none',
  eligibility: null,
  minVotes: 0,
  ties: ['cheaper', 'votes', 'rows'],
}
