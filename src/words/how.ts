// How a vote works, by the cycle's facts: the same sentences in the chat and on the public pages.
import type { BallotTerms } from '../core/ballots/index.ts'
import type { RuleTerms } from '../core/counting/index.ts'
import { type Profile, PROFILES } from '../core/cycle.ts'
import type { T } from '../i18n.ts'
import { ruleSentence } from './rule.ts'

interface Facts {
  profile: Profile
  timeline: { ideas?: string | undefined }
  ruleTerms: RuleTerms
  ballotTerms: BallotTerms
}

/** HTML: whether the vote decides. */
export const adviceSentence = (t: T, profile: Profile): string =>
  t.html(PROFILES[profile].binding ? 'start.decides' : 'start.advises')

/** HTML sentences in their order. `cycle`: absent where the reader has no village yet. */
export const howSentences = (t: T, cycle: Facts | undefined): string[] => [
  t.html('start.how-money'),
  ...(cycle?.timeline.ideas ? [t.html('start.how-ideas'), t.html('start.how-moderator')] : []),
  t.html('start.how-vote'),
  ...(cycle ? [ruleSentence(t, cycle.ruleTerms, cycle.ballotTerms), adviceSentence(t, cycle.profile)] : []),
]
