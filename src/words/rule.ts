// How the winners of a vote are found: in one sentence, or in a few words, on every surface that says how it works.
import type { BallotTerms } from '../core/ballots/index.ts'
import type { EqualSharesTerms } from '../core/counting/equal-shares-terms.ts'
import type { RuleTerms } from '../core/counting/index.ts'
import type { T } from '../i18n.ts'

/** `ballot`: ballots that give points are no votes that could be counted. */
export function ruleSentence(t: T, terms: RuleTerms, ballot: BallotTerms): string {
  const points = ballot.kind === 'points' || ballot.kind === 'ranking'
  switch (terms.rule) {
    case 'greedy':
      return t.html(points ? 'start.how-most-points' : 'start.how-most')
    case 'greedy-per-cost':
      return t.html(points ? 'start.how-per-cost-points' : 'start.how-per-cost')
    case 'equal-shares':
      return t.html(`vote.equal-shares-${terms.utility}`)
  }
}

/** The rule and what it is given in a few words of the reader's language, for a table or a picture. */
export function ruleName(t: T, terms: RuleTerms): string {
  const least =
    'minVotes' in terms && terms.minVotes > 0
      ? [t('documents.rule-least', { votes: t.number(terms.minVotes) })]
      : []
  switch (terms.rule) {
    case 'greedy':
      return [t(terms.skip ? 'documents.rule-votes' : 'documents.rule-votes-stop'), ...least].join('; ')
    case 'greedy-per-cost':
      return [t('documents.rule-per-cost'), ...least].join('; ')
    case 'equal-shares':
      return [...sharesName(t, terms), ...least].join('; ')
  }
}

const sharesName = (t: T, { utility, completion, exhaustive, comparison }: EqualSharesTerms): string[] => [
  t(`documents.rule-shares-${utility}`),
  ...(completion === 'none' ? [] : [t(`documents.rule-${completion}`)]),
  ...(exhaustive ? [t('documents.rule-exhaustive')] : []),
  ...(comparison === 'none' ? [] : [t('documents.rule-comparison')]),
]
