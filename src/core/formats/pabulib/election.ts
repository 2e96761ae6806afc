// From a .pb file to an election and a rule that this program can count.
import { BallotGrouper } from '../../counting/ballots.ts'
import type { Election } from '../../counting/election.ts'
import { equalSharesNamed } from '../../counting/equal-shares-terms.ts'
import type { RuleTerms } from '../../counting/index.ts'
import { fail, ok, type Result } from '../../result.ts'
import type { Money } from '../../money.ts'
import type { PabulibFile, PabulibMeta, PabulibProject } from './file.ts'
import { metaNumber, metaText } from './meta.ts'

/** Cost by which the library marks a project that was on the ballot and then withdrawn. */
export const withdrawnCost = 999_999_999

export const isWithdrawn = (cost: Money, { scale }: Pick<PabulibMeta, 'scale'>): boolean =>
  cost === withdrawnCost * scale

/** A rule of the library that is not defined closely enough to be recounted, by its name in the file. */
export type RuleProblem =
  | { kind: 'rule-not-supported'; rule: string }
  | { kind: 'bad-threshold'; found: string }

/**
 * The election of a file: projects in file order, equal ballots grouped, withdrawn projects marked. What a ballot gives a
 * project: 1, its points, or by rank the length of the ballot − position, so that the last place gives 1.
 */
export function electionOf(file: Pick<PabulibFile, 'meta' | 'projects' | 'votes'>): Election {
  const { meta, projects, votes } = file
  const grouper = new BallotGrouper(votes.seed)
  const unlisted = meta.voteType === 'scoring' ? (metaNumber(meta, 'default_score') ?? 0) : 0
  const worths = new Float64Array(projects.length)
  votes.each((places, points, length) => {
    switch (meta.voteType) {
      case 'approval':
      case 'choose-1':
        return grouper.add(places, undefined, length)
      case 'ordinal':
        for (let at = 0; at < length; at += 1) worths[at] = length - at
        return grouper.add(places, worths, length)
      case 'cumulative':
      case 'scoring':
        if (unlisted === 0) return grouper.add(places, points, length)
        return grouper.add(...withUnlisted(places, points, length, worths, unlisted))
    }
  })
  const listed = projects.map(({ id, cost }: PabulibProject) =>
    isWithdrawn(cost, meta) ? { id, cost, withdrawn: true } : { id, cost },
  )
  return { budget: meta.budget, projects: listed, ballots: grouper.done() }
}

/** Every project in its row: with its points, or with the default score. */
function withUnlisted(
  places: Uint32Array,
  points: Float64Array | undefined,
  length: number,
  worths: Float64Array,
  unlisted: number,
): [Uint32Array, Float64Array, number] {
  worths.fill(unlisted)
  for (let at = 0; at < length; at += 1) worths[places[at] as number] = points?.[at] ?? 0
  return [Uint32Array.from(worths.keys()), worths, worths.length]
}

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
  const shares = equalSharesNamed(rule, minVotes)
  return shares ? ok(shares) : fail({ kind: 'rule-not-supported', rule })
}
