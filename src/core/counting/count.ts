// The outcome of a count: winners, money, and the steps as plain data for a view to say aloud.
import type { Money } from '../money.ts'
import type { Tally } from './election.ts'
import type { TieBreak } from './tie-break.ts'

/**
 * `votes` is the number the rule goes by: votes, or points where ballots have points. `left` is the money at that moment.
 *
 * Of Equal Shares: `divided` states the share of each voter, `raised` its way up by Add1 and why it ended there. `bought`:
 * `payers` ballots paid `share` each (with points: for each point), `emptied` ballots had less and gave all of it.
 * `not-affordable`: the supporters have `held` left together (rounded down), less than the cost. Shares are exact text,
 * `25000` or `1000/3`, in whole units. `compared`: how many voters prefer either outcome, and which one stands.
 */
export type Step =
  | { kind: 'funded'; id: string; votes: number; cost: Money; left: Money }
  | { kind: 'skipped-too-dear'; id: string; votes: number; cost: Money; left: Money }
  | { kind: 'stopped'; id: string; votes: number; cost: Money; left: Money }
  | { kind: 'not-reached'; id: string; votes: number; cost: Money }
  | { kind: 'below-threshold'; id: string; votes: number; needed: number }
  | { kind: 'conflict'; id: string; votes: number; with: string }
  | { kind: 'withdrawn'; id: string; votes: number }
  | { kind: 'ineligible'; id: string; votes: number; needed: number }
  | { kind: 'divided'; voters: number; share: string }
  | { kind: 'raised'; from: string; to: string; end: 'overspent' | 'all-won' | 'nothing-fits' }
  | {
      kind: 'bought'
      id: string
      votes: number
      cost: Money
      left: Money
      share: string
      payers: number
      emptied: number
    }
  | { kind: 'not-affordable'; id: string; votes: number; cost: Money; held: Money }
  | { kind: 'compared'; forShares: number; forGreedy: number; kept: 'shares' | 'greedy' }
  | TieStep

/** Equal projects (`ids`, in the order they were then taken), the tie-breaks that ordered them, and which of them won. */
export type TieStep = { kind: 'tie'; ids: string[]; votes: number; by: TieBreak[]; chosen: string[] }

/** Plain JSON: the same election, terms and tie seed give the same count, byte for byte. */
export type Count = {
  /** Ids in the order of selection. */
  readonly winners: readonly string[]
  readonly spent: Money
  readonly left: Money
  /** What happened, in order; see explain.ts. */
  readonly steps: readonly Step[]
  /** The ties among the steps: each one decided something. */
  readonly ties: readonly TieStep[]
  /** In frozen order. */
  readonly votes: readonly Tally[]
}

/** Whether ballots gave points: then what the rule goes by is not how many people chose a project. */
export const byPoints = (votes: readonly Tally[]): boolean => votes.some((one) => one.votes !== one.score)
