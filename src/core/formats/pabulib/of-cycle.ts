// A counted village of a cycle of ours as an election of the library, so that it is told, exported and explained as any other.
import type { Choice } from '../../ballots/ballot-type.ts'
import { type BallotTerms, pabulibBallot } from '../../ballots/index.ts'
import { pabulibRule, type RuleTerms } from '../../counting/index.ts'
import type { Money } from '../../money.ts'
import { wallClock } from '../../zone.ts'
import { pabulibVote } from './export.ts'
import { withdrawnCost } from './election.ts'
import type { PabulibFile } from './file.ts'
import { PabulibVotes } from './votes.ts'
import { allowingBlank } from './words.ts'

export interface CountedVillage {
  /** Short name of the cycle, its title, and the place with all that it lies in. */
  slug: string
  title: string
  place: string
  budget: Money
  currency: string
  /** UTC ISO: when voting opened and closed. */
  begin: string
  end: string
  projects: readonly { id: string; number: number; name: string; cost: Money; withdrawn: boolean }[]
  ballot: BallotTerms
  rule: RuleTerms
  /** Checked choices, in any order: the file has them sorted, so that neither row nor number of a ballot tells of a voter. */
  ballots: readonly (readonly Choice[])[]
}

/** `place` and names in the reader's language. Throws when a ballot names a project that is not on the list. */
export function pabulibOfCycle(village: CountedVillage): PabulibFile {
  const { projects, budget, ballots } = village
  // A section that was left blank is a ballot too: the file then says that one may be empty.
  const blank = ballots.some((choices) => choices.length === 0)
  const usual = pabulibBallot(village.ballot, projects)
  const limits = blank ? allowingBlank(usual) : usual
  const rule = pabulibRule(village.rule)
  const listed = projects.map(({ id, number, name, cost, withdrawn }) => ({
    id,
    cost: withdrawn ? withdrawnCost : cost,
    name,
    more: { public_id: String(number) },
  }))
  const sorted = ballots
    .map((choices) => ({ choices, text: JSON.stringify(choices) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
  return {
    meta: {
      budget,
      scale: 1,
      voteType: limits.voteType,
      rule: rule.rule,
      entries: [
        ['description', village.title],
        ['country', 'Kazakhstan'],
        ['unit', village.place],
        ['instance', village.slug],
        ['budget', String(budget)],
        ['vote_type', limits.voteType],
        ['rule', rule.rule],
        ['date_begin', dayOf(village.begin)],
        ['date_end', dayOf(village.end)],
        ['currency', village.currency],
        ...limits.entries,
        ...rule.entries,
      ],
    },
    projects: listed,
    votes: PabulibVotes.of(
      sorted.map(({ choices }, at) => pabulibVote(String(at + 1), choices)),
      listed,
    ),
    notes: [],
  }
}

/** `05.03.2026`, the day of Kazakhstan. */
const dayOf = (moment: string): string => wallClock(moment).slice(0, 10).split('-').reverse().join('.')
