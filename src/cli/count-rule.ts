// The rule by which a file is counted: its own, or the one that the command names.
import { type EqualSharesTerms, equalSharesOf } from '../core/counting/equal-shares-terms.ts'
import { pabulibRule, type RuleTerms } from '../core/counting/index.ts'
import { ruleOf } from '../core/formats/pabulib/election.ts'
import type { PabulibFile } from '../core/formats/pabulib/file.ts'
import { metaNumber, metaText } from '../core/formats/pabulib/meta.ts'
import { refusal } from './acting.ts'

export const RULES = [
  'greedy',
  'greedy-no-skip',
  'greedy-threshold',
  'greedy-per-cost',
  'equal-shares',
] as const
export const UTILITIES = ['cost', 'cardinality'] as const
export const COMPLETIONS = ['none', 'add1', 'add1u', 'greedy'] as const

export interface WantedRule {
  rule?: (typeof RULES)[number] | undefined
  utility?: (typeof UTILITIES)[number] | undefined
  completion?: (typeof COMPLETIONS)[number] | undefined
  exhaustive?: boolean | undefined
  comparison?: boolean | undefined
}

const THRESHOLD = 'min_project_score_threshold'

/** Greedy by votes and votes per cost order equal projects by rows, as the cities do; Equal Shares puts the cheaper first. */
export function wantedTerms(file: PabulibFile, wanted: WantedRule): RuleTerms {
  const terms = wanted.rule ? namedTerms(file, wanted.rule) : ownTerms(file)
  const options = ['utility', 'completion', 'exhaustive', 'comparison'] as const
  const given = options.find((option) => wanted[option] !== undefined)
  if (terms.rule !== 'equal-shares') {
    if (given) throw refusal(`--${given} belongs to --rule equal-shares`)
    return terms
  }
  const changed = given ? withOptions(terms, wanted) : terms
  if (changed.exhaustive && !changed.completion.startsWith('add1'))
    throw refusal('--exhaustive belongs to --completion add1 or add1u')
  return changed
}

function ownTerms(file: PabulibFile): RuleTerms {
  const own = ruleOf(file)
  if (own.ok) return own.value
  const { problem } = own
  switch (problem.kind) {
    case 'rule-not-supported': {
      const says =
        problem.rule === 'unknown'
          ? 'the file names no rule'
          : `the rule "${problem.rule}" of the file is defined nowhere`
      throw refusal(`${says}: say by which one to count, --rule ${RULES.join('|')}`)
    }
    case 'bad-threshold':
      throw refusal(`${THRESHOLD} is "${problem.found}", not a whole number: name a rule with --rule`)
  }
}

function namedTerms(file: PabulibFile, rule: (typeof RULES)[number]): RuleTerms {
  const ties = ['rows'] as const
  switch (rule) {
    case 'greedy':
      return { rule: 'greedy', skip: true, minVotes: 0, ties }
    case 'greedy-no-skip':
      return { rule: 'greedy', skip: false, minVotes: thresholdOf(file) ?? 0, ties }
    case 'greedy-threshold': {
      const minVotes = thresholdOf(file)
      if (minVotes === undefined) throw refusal(`the file states no ${THRESHOLD}`)
      return { rule: 'greedy', skip: true, minVotes, ties }
    }
    case 'greedy-per-cost':
      return { rule: 'greedy-per-cost', minVotes: 0, ties }
    case 'equal-shares':
      return equalSharesOf('equalshares', 0)
  }
}

function thresholdOf({ meta }: PabulibFile): number | undefined {
  const minVotes = metaNumber(meta, THRESHOLD)
  if (metaText(meta, THRESHOLD) && (minVotes === undefined || minVotes < 0))
    throw refusal(`${THRESHOLD} is "${metaText(meta, THRESHOLD)}", not a whole number`)
  return minVotes
}

/** Add1 begins with a share in whole units, as the cities and the published tools have it. */
function withOptions(terms: EqualSharesTerms, wanted: WantedRule): EqualSharesTerms {
  const completion = wanted.completion ?? terms.completion
  return {
    ...terms,
    completion,
    start: completion.startsWith('add1') ? 'whole' : 'exact',
    utility: wanted.utility ?? terms.utility,
    exhaustive: wanted.exhaustive ?? terms.exhaustive,
    comparison: wanted.comparison ? 'satisfaction' : terms.comparison,
  }
}

/** A rule in one word and what it is given: `greedy-threshold 30`, `equal-shares cost add1 exhaustive`. */
export function ruleText(terms: RuleTerms): string {
  const least = 'minVotes' in terms && terms.minVotes > 0 ? [String(terms.minVotes)] : []
  if (terms.rule !== 'equal-shares')
    return [terms.rule === 'greedy' ? pabulibRule(terms).rule : terms.rule, ...least].join(' ')
  const { rule, utility, completion, exhaustive, comparison } = terms
  return [
    rule,
    utility,
    ...(completion === 'none' ? [] : [completion]),
    ...(exhaustive ? ['exhaustive'] : []),
    ...(comparison === 'none' ? [] : ['comparison']),
    ...least,
  ].join(' ')
}
