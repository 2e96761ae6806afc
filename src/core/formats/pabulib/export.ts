// A cycle of ours in the library's words: its ballots, its rule, and the order of the rows.
import type { Choice } from '../../ballots/ballot-type.ts'
import type { Count } from '../../counting/count.ts'
import type { RuleTerms } from '../../counting/index.ts'
import type { Entries } from './ballot.ts'
import { equalSharesOf, equalSharesRules } from './election.ts'
import type { PabulibVote } from './votes.ts'

/** A checked ballot as a row of the file. `id` must say nothing about the voter: number the sorted ballots. */
export function pabulibVote(id: string, choices: readonly Choice[]): PabulibVote {
  const projects = choices.map((choice) => choice.project)
  const points = choices.flatMap((choice) => (choice.points === undefined ? [] : [choice.points]))
  return points.length > 0 ? { id, projects, points } : { id, projects }
}

/** What the library calls a rule, the META entries it needs, and a comment where the name alone does not say it. */
export function pabulibRule(terms: RuleTerms): { rule: string; entries: Entries } {
  switch (terms.rule) {
    case 'greedy': {
      const entries: Entries =
        terms.minVotes > 0 ? [['min_project_score_threshold', String(terms.minVotes)]] : []
      if (!terms.skip) return { rule: 'greedy-no-skip', entries }
      if (terms.conflicts?.length) return { rule: 'greedy-exclusive', entries }
      return { rule: terms.minVotes > 0 ? 'greedy-threshold' : 'greedy', entries }
    }
    case 'greedy-per-cost':
      return { rule: 'greedy-custom', entries: [['comment', '#1: The rule is greedy by votes per cost.']] }
    case 'equal-shares': {
      const { utility, completion, comparison, eligibility, ties, minVotes } = terms
      const name = equalSharesRules.find((rule) => {
        const known = equalSharesOf(rule, minVotes)
        return JSON.stringify({ ...known, ties }) === JSON.stringify(terms)
      })
      if (name) return { rule: name, entries: [] }
      const options = [utility, completion, comparison, eligibility?.join('/') ?? 'all eligible'].join(', ')
      return {
        rule: 'unknown',
        entries: [['comment', `#1: The rule is the Method of Equal Shares: ${options}.`]],
      }
    }
  }
}

/** The projects by score, as the library sorts them; of equal ones first the one that the count took first. */
export function inCountOrder<P extends { readonly id: string }>(projects: readonly P[], count: Count): P[] {
  const place = new Map<string, number>()
  count.steps.forEach((step, at) => {
    if ('id' in step && !place.has(step.id)) place.set(step.id, at)
  })
  const score = new Map(count.votes.map((tally) => [tally.id, tally.score]))
  const of = (map: ReadonlyMap<string, number>, id: string, none: number) => map.get(id) ?? none
  return [...projects].sort(
    (a, b) =>
      of(score, b.id, 0) - of(score, a.id, 0) ||
      of(place, a.id, count.steps.length) - of(place, b.id, count.steps.length),
  )
}
