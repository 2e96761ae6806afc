// From a .pb file to an election and a rule that this program can count.
import { type Election, groupBallots } from '../counting/election.ts'
import type { RuleTerms } from '../counting/index.ts'
import { fail, ok, type Result } from '../result.ts'
import type { PabulibFile, PabulibProject, PabulibVote } from './pabulib-file.ts'
import { metaNumber, metaText } from './pabulib-meta.ts'

/** Cost by which the library marks a project that was on the ballot and then withdrawn. */
export const withdrawnCost = 999_999_999

/** A rule of the library that is not defined closely enough to be recounted, by its name in the file. */
export type RuleProblem =
  | { kind: 'rule-not-supported'; rule: string }
  | { kind: 'bad-threshold'; found: string }

/** What a ballot gives each project. Ordinal: length of the ballot − position, the last place gives 1. */
function utilitiesOfVote(vote: PabulibVote, file: PabulibFile): Map<string, number> {
  switch (file.meta.voteType) {
    case 'approval':
    case 'choose-1':
      return approvals(vote.projects)
    case 'ordinal':
      return new Map(vote.projects.map((id, place) => [id, vote.projects.length - place]))
    case 'cumulative':
      return new Map(vote.projects.map((id, at) => [id, vote.points?.[at] ?? 0]))
    case 'scoring': {
      const unlisted = metaNumber(file.meta, 'default_score') ?? 0
      const all = unlisted === 0 ? [] : file.projects.map(({ id }): [string, number] => [id, unlisted])
      return new Map([
        ...all,
        ...vote.projects.map((id, at): [string, number] => [id, vote.points?.[at] ?? 0]),
      ])
    }
  }
}

function approvals(projects: readonly string[]): Map<string, number> {
  const utilities = new Map<string, number>()
  for (const id of projects) utilities.set(id, 1)
  return utilities
}

/** The election of a file: projects in file order, equal ballots grouped, withdrawn projects marked. */
export function electionOf(file: PabulibFile): Election {
  const projects = file.projects.map(({ id, cost }: PabulibProject) =>
    cost === withdrawnCost ? { id, cost, withdrawn: true } : { id, cost },
  )
  const utilities = function* () {
    for (const vote of file.votes) yield utilitiesOfVote(vote, file)
  }
  return { budget: file.meta.budget, projects, ballots: groupBallots(utilities(), projects) }
}

/** The Equal Shares rules by their names in the library. */
export const equalSharesRules = [
  'equalshares',
  'equalshares-comparison',
  'equalshares/add1',
  'equalshares/add1-comparison',
] as const

const isEqualShares = (rule: string): boolean => equalSharesRules.some((name) => name === rule)

/** As the elections of Wieliczka, Świecie and Assen were counted: Add1 from a whole share, not stopping when exhaustive. */
export const equalSharesOf = (rule: string, minVotes: number): RuleTerms => ({
  rule: 'equal-shares',
  utility: 'cost',
  completion: rule.includes('/add1') ? 'add1' : 'none',
  start: rule.includes('/add1') ? 'whole' : 'exact',
  exhaustive: false,
  comparison: rule.endsWith('-comparison') ? 'satisfaction' : 'none',
  eligibility: null,
  minVotes,
  ties: ['cheaper', 'votes', 'rows'],
})

/**
 * The rule that the file names. A minimum of votes applies to the whole greedy family; ties go by rows, as the cities'
 * own results do. Limits a category (Amsterdam) are not part of the library's rule names and are not applied.
 */
export function ruleOf(file: PabulibFile): Result<RuleTerms, RuleProblem> {
  const { rule } = file.meta
  const stated = metaText(file.meta, 'min_project_score_threshold')
  const minVotes =
    stated === undefined || stated === '' ? 0 : metaNumber(file.meta, 'min_project_score_threshold')
  if (minVotes === undefined || minVotes < 0) return fail({ kind: 'bad-threshold', found: stated ?? '' })
  const greedy = { rule: 'greedy', minVotes, ties: ['rows'] } as const
  if (rule === 'greedy' || rule === 'greedy-threshold') return ok({ ...greedy, skip: true })
  if (rule === 'greedy-no-skip') return ok({ ...greedy, skip: false })
  if (isEqualShares(rule)) return ok(equalSharesOf(rule, minVotes))
  return fail({ kind: 'rule-not-supported', rule })
}
