// The shape of a read .pb file, and what can be wrong with one.
import type { Money } from '../../money.ts'
import type { PabulibVotes } from './votes.ts'
import type { VoteType } from './words.ts'

/** `line` counts from 1, `column` is the cell from 1, `field` the column or key, `found` what stands there. */
export type PabulibProblem = {
  kind:
    | 'quote-open'
    | 'not-utf8'
    | 'text-before-meta'
    | 'no-section'
    | 'section-twice'
    | 'no-header'
    | 'no-column'
    | 'column-twice'
    | 'no-key'
    | 'key-twice'
    | 'empty-cell'
    | 'too-many-cells'
    | 'bad-number'
    | 'bad-money'
    | 'points-not-whole'
    | 'bad-vote-type'
    | 'project-twice'
    | 'voter-twice'
    | 'unknown-project'
    | 'points-differ'
    | 'count-differs'
  line: number
  column: number
  field?: string
  found?: string
}

/** What was read, but differently from how it stands. */
export type PabulibNote = {
  kind:
    | 'named-twice'
    | 'empty-ballot'
    /** More or less than the file says that a ballot may name. */
    | 'beyond-limit'
  line: number
  column: number
  found: string
}

export type PabulibMeta = {
  budget: Money
  /** How many parts of a unit amounts are in: 1, or 100 where the file has hundredths. */
  scale: number
  voteType: VoteType
  /** As the file names it; see ruleOf. */
  rule: string
  /** All keys with their text, in file order, those above included. */
  entries: readonly (readonly [key: string, value: string])[]
}

export type PabulibProject = {
  id: string
  /** In the parts of `scale`; 999999999 units stand for a project withdrawn after the ballots were printed. */
  cost: Money
  name: string
  category?: string
  lat?: number
  lon?: number
  /** 1 by the rule, 0 no, 2 and 3 funded outside the rule. */
  selected?: number
  votes?: number
  score?: number
  /** The other columns, as they stand. */
  more?: Readonly<Record<string, string>>
}

export type PabulibFile = {
  meta: PabulibMeta
  projects: readonly PabulibProject[]
  votes: PabulibVotes
  /** At most the first 100. */
  notes: readonly PabulibNote[]
}
