// The rule by which a file is counted: its own, or the one that the command names.
import { type EqualSharesTerms, equalSharesOf } from '../core/counting/equal-shares-terms.ts'
import type { RuleTerms } from '../core/counting/index.ts'
import { ruleOf } from '../core/formats/pabulib/election.ts'
import type { PabulibFile } from '../core/formats/pabulib/file.ts'
import { metaNumber, metaText } from '../core/formats/pabulib/meta.ts'
import { refused } from './refused.ts'

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
    if (given) throw refused('cli.count-needs-shares', { option: given })
    return terms
  }
  const changed = given ? withOptions(terms, wanted) : terms
  if (changed.exhaustive && !changed.completion.startsWith('add1')) throw refused('cli.count-needs-add1')
  return changed
}

function ownTerms(file: PabulibFile): RuleTerms {
  const own = ruleOf(file)
  if (own.ok) return own.value
  const { problem } = own
  switch (problem.kind) {
    case 'rule-not-supported': {
      const rules = RULES.join('|')
      throw problem.rule === 'unknown'
        ? refused('cli.count-no-rule', { rules })
        : refused('cli.count-unknown-rule', { rule: problem.rule, rules })
    }
    case 'bad-threshold':
      throw refused('cli.count-bad-threshold', { key: THRESHOLD, found: problem.found })
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
      if (minVotes === undefined) throw refused('cli.count-no-threshold', { key: THRESHOLD })
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
    throw refused('cli.count-bad-threshold', { key: THRESHOLD, found: metaText(meta, THRESHOLD) ?? '' })
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
