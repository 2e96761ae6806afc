// What is frozen when voting opens, as one value: whoever knows the published rules makes the same fingerprint.
import type { BallotTerms } from '../ballots/index.ts'
import type { Json } from '../canonical-json.ts'
import type { RuleTerms } from '../counting/index.ts'
import type { Profile, Revote } from '../cycle.ts'
import type { Localised } from '../localised.ts'
import type { Marks } from '../marks.ts'
import type { Money } from '../money.ts'
import type { PotBudget } from '../pot.ts'
import type { AwayTerms } from '../trust-terms.ts'
import type { WorkTerms } from '../work.ts'

/** `key`: the public ballot key, `seed`: the commitment to the tie seed, both hex. Villages, pots and projects in frozen order. */
export type Rules = {
  cycle: string
  profile: Profile
  trial: boolean
  method: string
  revote: Revote
  people: number
  /** How many people one facilitator may help; absent where that is `MOST_HELPED`. */
  helped?: number
  currency: string
  ballot: BallotTerms
  rule: RuleTerms
  /** When a work is accepted, and who moves up; absent in the rules of an earlier release. */
  after?: Required<WorkTerms>
  /** When an outage of Telegram moves the close; absent where none does. */
  away?: AwayTerms
  /** Days for disputes after the publication; absent in the rules of an earlier release. */
  dispute?: number
  key: string
  seed: string
  /** Lots are drawn by dice too, thrown after CLOSE: where people hold the key. */
  lots?: 'dice'
  villages: readonly {
    village: string
    /** `ballot` of a pot: in place of the cycle's. */
    pots: readonly (PotBudget & {
      projects: readonly {
        id: string
        number: number
        title: Localised
        cost: Money
        withdrawn: boolean
        /** Its own, else those of its category; absent in the rules of an earlier release. */
        marks?: Marks
      }[]
    })[]
  }[]
}

/** The value whose canonical JSON is hashed: plain JSON, absent options left out. */
export const frozenRules = (rules: Rules): Json => JSON.parse(JSON.stringify(rules)) as Json
